package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;

/**
 * Reads an FLV file as bytes come, in order: its header, then tags, each with the size of the tag before it in front. Sizes are checked before their bytes
 * are waited for. Not thread-safe.
 */
public final class FlvReader {
    private static final int SIGNATURE = 'F' << 16 | 'L' << 8 | 'V';
    private static final int FILE_HEADER_BYTES = 9;
    private static final int PREVIOUS_SIZE_BYTES = 4;
    private static final int ENCRYPTED = 0x20;
    /** Header extensions were never defined; more than this is no FLV file. */
    private static final int MAX_FILE_HEADER_BYTES = 1024;

    private final int maxTagBytes;
    private long offset;
    private boolean begun;

    /** @param maxTagBytes of a tag's body; the format itself ends at 16,777,215 */
    public FlvReader(int maxTagBytes) {
        this.maxTagBytes = maxTagBytes;
    }

    /**
     * The next tag, or null where the buffer ends before it: come again with the same bytes and more. The buffer is borrowed; its reader index moves over what
     * was read.
     *
     * @throws FlvException where it is no FLV, encrypted, or a tag is larger than the limit
     */
    public FlvTag next(ByteBuf in) {
        if (!begun && !begin(in)) {
            return null;
        }
        if (in.readableBytes() < PREVIOUS_SIZE_BYTES + FlvTag.HEADER_BYTES) {
            return null;
        }
        int at = in.readerIndex() + PREVIOUS_SIZE_BYTES;
        int type = in.getUnsignedByte(at);
        int size = in.getUnsignedMedium(at + 1);
        check(type, size);
        int whole = PREVIOUS_SIZE_BYTES + FlvTag.HEADER_BYTES + size;
        if (in.readableBytes() < whole) {
            return null;
        }
        long millis = (long) in.getUnsignedByte(at + 7) << 24 | in.getUnsignedMedium(at + 4);
        FlvTag tag = new FlvTag(type, millis, in.slice(at + FlvTag.HEADER_BYTES, size));
        in.skipBytes(whole);
        offset += whole;
        return tag;
    }

    /** Bytes read so far: where in the file the next tag's field "previous tag size" begins. */
    public long offset() {
        return offset;
    }

    private void check(int type, int size) {
        if ((type & ENCRYPTED) != 0) {
            throw new FlvException("the tag at byte " + offset + " is encrypted: decrypt the file first");
        }
        if (size > maxTagBytes) {
            throw new FlvException("the tag at byte " + offset + " has " + size + " bytes, at most " + maxTagBytes + " are read");
        }
    }

    private boolean begin(ByteBuf in) {
        if (in.readableBytes() < FILE_HEADER_BYTES) {
            return false;
        }
        int at = in.readerIndex();
        long header = in.getUnsignedInt(at + 5);
        if (in.getUnsignedMedium(at) != SIGNATURE || in.getByte(at + 3) != 1 || header < FILE_HEADER_BYTES || header > MAX_FILE_HEADER_BYTES) {
            throw new FlvException("no FLV file: it should begin with 'FLV' and version 1");
        }
        if (in.readableBytes() < header) {
            return false;
        }
        in.skipBytes((int) header);
        offset += header;
        begun = true;
        return true;
    }
}
