package io.sluice.format.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Walks the outermost boxes of a file by their headers; loads only those that are asked for. */
final class FileBoxes {
    /** One day in fragments of a quarter of a second (moof and mdat each) is 700,000 boxes. */
    private static final int MAX_BOXES = 1_000_000;
    /** 8 million samples (see {@link SampleTable}) at 16 bytes each of stsz, stts and ctts. */
    static final long MAX_LOADED_BYTES = 128L << 20;

    private final SeekableByteChannel file;
    private final long fileBytes;
    private long position;
    private int count;
    private boolean endsWhereCut;
    private boolean cut;

    /**
     * @param type   four characters
     * @param offset of its header in the file
     * @param body   offset of what follows the header
     * @param end    offset behind it
     */
    record Header(String type, long offset, long body, long end) {
    }

    FileBoxes(SeekableByteChannel file) throws IOException {
        this.file = file;
        this.fileBytes = file.size();
    }

    long fileBytes() {
        return fileBytes;
    }

    /** From now on a box that the file does not hold whole is taken for its end: a recording ends like this when its process dies. */
    void endWhereCut() {
        endsWhereCut = true;
    }

    /** Whether the last box was not whole and so was left out. */
    boolean cut() {
        return cut;
    }

    /** Where the next box begins. */
    long position() {
        return position;
    }

    /** The next box, or null at the end of the file. */
    Header next() throws IOException {
        if (fileBytes - position < 8) {
            cut = endsWhereCut && fileBytes > position;
            return null;
        }
        if (++count > MAX_BOXES) {
            throw new Mp4Exception("the file has more than " + MAX_BOXES + " boxes");
        }
        ByteBuffer in = read(position, (int) Math.min(16, fileBytes - position));
        long size = Integer.toUnsignedLong(in.getInt());
        String type = Box.typeOf(in.getInt());
        int header = 8;
        if (size == 1 && in.remaining() >= 8) {
            size = in.getLong();
            header = 16;
        } else if (size == 0) {
            size = fileBytes - position;
        }
        if (size < header || size > fileBytes - position) {
            if (endsWhereCut) {
                cut = true;
                return null;
            }
            throw new Mp4Exception("box '" + printable(type) + "' at byte " + position + " claims " + size + " bytes; the file has "
                + (fileBytes - position) + " from there on. It is cut short, or no MP4");
        }
        Header found = new Header(type, position, position + header, position + size);
        position = found.end;
        return found;
    }

    Box load(Header header) throws IOException {
        long bytes = header.end - header.body;
        if (bytes > MAX_LOADED_BYTES) {
            throw new Mp4Exception("box '" + header.type + "' has " + bytes + " bytes; at most " + MAX_LOADED_BYTES + " are read");
        }
        return new Box(header.type, read(header.body, (int) bytes), 0);
    }

    private ByteBuffer read(long at, int bytes) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(bytes);
        file.position(at);
        while (out.hasRemaining()) {
            if (file.read(out) < 0) {
                throw new EOFException("the file ended at byte " + (at + out.position()) + " while it was read");
            }
        }
        return out.flip();
    }

    private static String printable(String type) {
        return type.replaceAll("[^ -~]", "?");
    }
}
