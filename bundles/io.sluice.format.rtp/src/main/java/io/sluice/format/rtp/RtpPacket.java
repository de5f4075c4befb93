package io.sluice.format.rtp;

import io.netty.buffer.ByteBuf;

/**
 * An RTP packet, RFC 3550 section 5.1, as a view: nothing is copied, and it lives as long as its buffer does.
 *
 * <pre>
 *  0                   1                   2                   3
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                       CSRC, CC of them                        |
 * |     defined by profile        |    length in 32-bit words     |   where X is set, and so many words
 * </pre>
 *
 * @param marker          M
 * @param payloadType     0 to 127
 * @param sequence        0 to 65535
 * @param timestamp       unsigned
 * @param ssrc            unsigned
 * @param extensionProfile 16 bits, -1 without an extension
 * @param extensionAt     index in the buffer of the extension's first element
 * @param extensionBytes  0 without one
 * @param payloadAt       index in the buffer
 * @param payloadBytes    without padding; 0 is legal
 * @param buffer          the whole packet from its reader index on; its owner is whoever gave it, and its indices are never moved
 */
public record RtpPacket(boolean marker, int payloadType, int sequence, long timestamp, long ssrc, int extensionProfile, int extensionAt, int extensionBytes, int payloadAt,
                        int payloadBytes, ByteBuf buffer) {
    public static final int HEADER = 12;
    private static final int NO_EXTENSION = -1;

    /**
     * Reads a packet.
     *
     * @param in borrowed; from its reader index to its writer index
     * @throws RtpException where a count in the header goes beyond the packet
     */
    public static RtpPacket parse(ByteBuf in) {
        int from = in.readerIndex();
        int end = in.writerIndex();
        if (end - from < HEADER) {
            throw new RtpException("RTP: wanted a header of 12 bytes, found " + (end - from));
        }
        int first = in.getUnsignedByte(from);
        if (first >> 6 != 2) {
            throw new RtpException("RTP: wanted version 2, found " + (first >> 6));
        }
        int at = from + HEADER + 4 * (first & 0x0f);
        int profile = NO_EXTENSION;
        int extensionAt = 0;
        int extensionBytes = 0;
        if ((first & 0x10) != 0) {
            if (at + 4 > end) {
                throw new RtpException("RTP: wanted the header of an extension at " + (at - from) + ", found the end of " + (end - from) + " bytes");
            }
            profile = in.getUnsignedShort(at);
            extensionBytes = 4 * in.getUnsignedShort(at + 2);
            extensionAt = at + 4;
            at = extensionAt + extensionBytes;
        }
        if (at > end) {
            throw new RtpException("RTP: wanted a header of " + (at - from) + " bytes with its CSRCs and extensions, found " + (end - from));
        }
        int padding = (first & 0x20) != 0 ? padding(in, at, end) : 0;
        int second = in.getUnsignedByte(from + 1);
        return new RtpPacket((second & 0x80) != 0, second & 0x7f, in.getUnsignedShort(from + 2), in.getUnsignedInt(from + 4), in.getUnsignedInt(from + 8), profile, extensionAt,
            extensionBytes, at, end - at - padding, in);
    }

    private static int padding(ByteBuf in, int payloadAt, int end) {
        int padding = payloadAt < end ? in.getUnsignedByte(end - 1) : 0;
        if (padding == 0 || padding > end - payloadAt) {
            throw new RtpException("RTP: wanted padding of 1 to " + (end - payloadAt) + " bytes, found " + padding);
        }
        return padding;
    }

    /** A slice of the payload, not retained. */
    public ByteBuf payload() {
        return buffer.slice(payloadAt, payloadBytes);
    }

    /** Writes a header without CSRCs and extensions. */
    public static void writeHeader(ByteBuf out, boolean marker, int payloadType, int sequence, long timestamp, long ssrc) {
        out.writeByte(0x80).writeByte((marker ? 0x80 : 0) | payloadType).writeShort(sequence).writeInt((int) timestamp).writeInt((int) ssrc);
    }

    @Override
    public String toString() {
        return "RTP " + payloadType + " #" + sequence + " at " + timestamp + (marker ? " M " : " ") + payloadBytes + " bytes";
    }
}
