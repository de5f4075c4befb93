package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;

/**
 * One frame as the feed has it for all viewers:
 *
 * <pre>
 * | track, 16 bits | key, 8 | RTP timestamp, 32 | presentation time in ns, 64 |   then for each packet:
 * | payload's length, 16 bits | marker, 8 | ticks after the timestamp, 16 | payload |
 * </pre>
 */
final class Cut {
    static final int HEADER = 15;
    static final int PACKET_HEADER = 5;

    /** Told of each packet. */
    @FunctionalInterface
    interface Visitor {
        /** @param payload a slice, borrowed for the call */
        void packet(int index, boolean marker, long timestamp, ByteBuf payload);
    }

    private Cut() {
    }

    static void begin(ByteBuf out, int track, boolean key, long ticks, long ptsNanos) {
        out.writeShort(track).writeByte(key ? 1 : 0).writeInt((int) ticks).writeLong(ptsNanos);
    }

    static ByteBuf payload(ByteBuf out, int length, boolean marker, int ticks) {
        out.writeShort(length).writeByte(marker ? 1 : 0).writeShort(ticks);
        return out.ensureWritable(length);
    }

    static int track(ByteBuf cut) {
        return cut.getUnsignedShort(cut.readerIndex());
    }

    static boolean key(ByteBuf cut) {
        return cut.getByte(cut.readerIndex() + 2) != 0;
    }

    static long ptsNanos(ByteBuf cut) {
        return cut.getLong(cut.readerIndex() + 7);
    }

    /** In order; the cut's indices stay. @return how many there are */
    static int packets(ByteBuf cut, Visitor visitor) {
        long timestamp = cut.getUnsignedInt(cut.readerIndex() + 3);
        int at = cut.readerIndex() + HEADER;
        int index = 0;
        while (at < cut.writerIndex()) {
            int length = cut.getUnsignedShort(at);
            visitor.packet(index++, cut.getByte(at + 2) != 0, timestamp + cut.getUnsignedShort(at + 3) & 0xFFFFFFFFL, cut.slice(at + PACKET_HEADER, length));
            at += PACKET_HEADER + length;
        }
        return index;
    }
}
