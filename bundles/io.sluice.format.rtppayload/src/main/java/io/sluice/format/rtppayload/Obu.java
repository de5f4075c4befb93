package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.format.rtp.RtpException;

/**
 * An AV1 OBU within a buffer, AV1 Bitstream and Decoding Process section 5.3.
 *
 * @param at           of its header
 * @param headerBytes  1, or 2 with the extension
 * @param payloadAt    behind the size, where there is one
 * @param payloadBytes without trailing anything
 */
record Obu(ByteBuf in, int at, int headerBytes, int payloadAt, int payloadBytes) {
    static final int SEQUENCE_HEADER = 1;
    static final int TEMPORAL_DELIMITER = 2;
    static final int TILE_LIST = 8;
    static final int PADDING = 15;
    static final int HAS_SIZE = 0x02;
    private static final int HAS_EXTENSION = 0x04;
    private static final int MAX_LEB128 = 5;

    /** Reads one that begins at an index. @param end of what there is; without a size it goes so far */
    static Obu parse(ByteBuf in, int at, int end) {
        int header = in.getUnsignedByte(at);
        int headerBytes = (header & HAS_EXTENSION) != 0 ? 2 : 1;
        if (at + headerBytes > end) {
            throw new RtpException("AV1: wanted an OBU header of 2 bytes, found 1");
        }
        if ((header & HAS_SIZE) == 0) {
            return new Obu(in, at, headerBytes, at + headerBytes, end - at - headerBytes);
        }
        long size = leb128(in, at + headerBytes, end);
        int payloadAt = at + headerBytes + (int) (size >>> 32);
        int bytes = (int) size;
        if (bytes < 0 || bytes > end - payloadAt) {
            throw new RtpException("AV1: wanted an OBU of at most " + (end - payloadAt) + " bytes, found " + (size & 0xffffffffL));
        }
        return new Obu(in, at, headerBytes, payloadAt, bytes);
    }

    int type() {
        return in.getByte(at) >> 3 & 15;
    }

    int end() {
        return payloadAt + payloadBytes;
    }

    /** Without a size. */
    int bareBytes() {
        return headerBytes + payloadBytes;
    }

    /** Writes a part of what it is without a size. @param from of those {@link #bareBytes} */
    void writeBare(ByteBuf out, int from, int length) {
        int done = 0;
        for (int i = from; i < headerBytes && done < length; i++, done++) {
            out.writeByte(in.getByte(at + i) & (i == 0 ? ~HAS_SIZE : 0xff));
        }
        out.writeBytes(in, payloadAt + Math.max(0, from - headerBytes), length - done);
    }

    void writeWithSize(ByteBuf out) {
        out.writeByte(in.getByte(at) | HAS_SIZE);
        if (headerBytes == 2) {
            out.writeByte(in.getByte(at + 1));
        }
        writeLeb128(out, payloadBytes);
        out.writeBytes(in, payloadAt, payloadBytes);
    }

    /** Section 4.10.5. @return the value, and in the upper 32 bits how many bytes it took */
    static long leb128(ByteBuf in, int at, int end) {
        long value = 0;
        for (int i = 0; i < MAX_LEB128 && at + i < end; i++) {
            int b = in.getUnsignedByte(at + i);
            value |= (long) (b & 0x7f) << 7 * i;
            if ((b & 0x80) == 0) {
                return (i + 1L) << 32 | Math.min(value, 0xffffffffL);
            }
        }
        throw new RtpException("AV1: wanted a size of at most " + MAX_LEB128 + " bytes, found more or the end");
    }

    static int leb128Bytes(int value) {
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
    }

    static void writeLeb128(ByteBuf out, int value) {
        int left = value;
        for (; left > 0x7f; left >>>= 7) {
            out.writeByte(left & 0x7f | 0x80);
        }
        out.writeByte(left);
    }
}
