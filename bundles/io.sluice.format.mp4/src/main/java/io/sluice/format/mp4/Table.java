package io.sluice.format.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The entries of one sample table: only counted, or written to their place in a file through a small buffer. */
final class Table {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int LONGEST_ENTRY = 12;

    private final FileChannel file;
    private final ByteBuffer buffer;
    private long position;
    private int entries;

    private Table(FileChannel file, ByteBuffer buffer, long position) {
        this.file = file;
        this.buffer = buffer;
        this.position = position;
    }

    static Table counting() {
        return new Table(null, ByteBuffer.allocate(LONGEST_ENTRY), 0);
    }

    static Table at(FileChannel file, long position) {
        return new Table(file, ByteBuffer.allocate(BUFFER_BYTES), position);
    }

    int entries() {
        return entries;
    }

    /** Where to put the next entry, of up to 12 bytes. */
    ByteBuffer next() throws IOException {
        if (file == null) {
            buffer.clear();
        } else if (buffer.remaining() < LONGEST_ENTRY) {
            flush();
        }
        entries++;
        return buffer;
    }

    void flush() throws IOException {
        if (file == null) {
            return;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            position += file.write(buffer, position);
        }
        buffer.clear();
    }
}
