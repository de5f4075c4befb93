package io.sluice.format.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Payloads with redundant data, RFC 2198 section 3: older blocks first, each with a header of four bytes, then the block of this packet's own with a header of one.
 *
 * <pre>
 * |1|  payload type |  timestamp offset, 14 bits  |  length, 10 bits  |
 * |0|  payload type |
 * </pre>
 */
public final class Redundancy {
    private static final int HEADER = 4;
    /** Browsers send one or two; beyond this it is no speech. */
    private static final int MAX_BLOCKS = 16;

    private Redundancy() {
    }

    /** Told of each block. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param offset ticks that the block is older than the packet; 0 for the packet's own
         * @param data   not retained
         */
        void block(int payloadType, int offset, ByteBuf data);
    }

    /** Tells all blocks, the oldest first. @throws RtpException where a length goes beyond the payload, before any block is told */
    public static void forEach(ByteBuf payload, Visitor visitor) {
        int end = payload.writerIndex();
        int at = payload.readerIndex();
        int lengths = 0;
        int blocks = 0;
        while (at < end && (payload.getByte(at) & 0x80) != 0) {
            if (end - at < HEADER || ++blocks > MAX_BLOCKS) {
                throw new RtpException("RED: wanted headers of at most " + MAX_BLOCKS + " blocks, found " + blocks + " and " + (end - at) + " bytes");
            }
            lengths += payload.getUnsignedShort(at + 2) & 0x3ff;
            at += HEADER;
        }
        if (lengths > end - at - 1) {
            throw new RtpException("RED: wanted blocks within " + Math.max(0, end - at - 1) + " bytes, found " + lengths);
        }
        int data = at + 1;
        for (int header = payload.readerIndex(); header < at; header += HEADER) {
            int length = payload.getUnsignedShort(header + 2) & 0x3ff;
            visitor.block(payload.getByte(header) & 0x7f, payload.getUnsignedShort(header + 1) >> 2, payload.slice(data, length));
            data += length;
        }
        visitor.block(payload.getByte(at) & 0x7f, 0, payload.slice(data, end - data));
    }
}
