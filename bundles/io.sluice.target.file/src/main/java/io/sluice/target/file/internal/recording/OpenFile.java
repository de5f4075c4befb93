package io.sluice.target.file.internal.recording;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/** A file that is being written, by us alone: it is locked, which holds over versions of this bundle in one process, and over processes. Blocks. */
final class OpenFile {
    private final Path path;
    private final FileChannel channel;
    private long whole;
    private long written;
    private boolean dirty;

    private OpenFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static OpenFile open(Disk disk, Path path) throws IOException {
        FileChannel channel = disk.open(path);
        try {
            if (!locked(channel)) {
                throw new IOException(path + " is being written by another push");
            }
            return new OpenFile(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /** What is there up to here stays, the rest goes. */
    void beginAt(long position) throws IOException {
        channel.truncate(position);
        channel.position(position);
        whole = position;
    }

    /** Writes whole frames; the buffer is empty after it. */
    void write(ByteBuf frames) throws IOException {
        ByteBuffer bytes = frames.nioBuffer();
        int size = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new IOException(path + " cannot be written: " + e.getMessage(), e);
        }
        frames.clear();
        whole += size;
        written += size;
        dirty |= size > 0;
    }

    /** Of this opening. */
    long written() {
        return written;
    }

    boolean dirty() {
        return dirty;
    }

    void sync() throws IOException {
        if (!dirty) {
            return;
        }
        try {
            channel.force(false);
            dirty = false;
        } catch (IOException e) {
            throw new IOException(path + " cannot be made safe on the disk: " + e.getMessage(), e);
        }
    }

    /** After an error: what was written in part goes, as far as the disk lets us. */
    void cut() {
        try {
            channel.truncate(whole);
        } catch (IOException e) {
            return; // players skip half a frame at the end
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
