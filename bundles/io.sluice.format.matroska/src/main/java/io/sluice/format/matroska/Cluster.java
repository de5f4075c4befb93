package io.sluice.format.matroska;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The blocks of one cluster while it is being filled (RFC 9559 sections 5.1.3 and 10.2). */
final class Cluster {
    private static final int KEY = 0x80;

    private final ByteBuf blocks = Unpooled.buffer(4096);
    private long base;
    private boolean begun;

    boolean isEmpty() {
        return !begun;
    }

    int bytes() {
        return blocks.readableBytes();
    }

    /** From the cluster's own time, which is that of its first block. */
    long relative(long millis) {
        return millis - base;
    }

    /**
     * <pre>
     * | track (1 or 2) | time from the cluster's (2, signed) | key 1, reserved 3, invisible 1, lacing 2, discardable 1 | payload … |
     * </pre>
     *
     * @param millis the relative time must have 16 bits
     */
    void add(int track, long millis, boolean key, ByteBuf payload) {
        if (!begun) {
            begun = true;
            base = millis;
        }
        Ebml.id(blocks, Id.SIMPLE_BLOCK);
        Ebml.size(blocks, payload.readableBytes() + 4);
        blocks.writeByte(0x80 | track).writeShort((int) relative(millis)).writeByte(key ? KEY : 0);
        blocks.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    /** Appends the whole cluster and empties it. @param shiftMillis that its time has on the file's timeline more than here */
    void drain(long shiftMillis, ByteBuf out) {
        Ebml.master(out, Id.CLUSTER, () -> {
            Ebml.unsigned(out, Id.TIMESTAMP, Math.max(0, base + shiftMillis));
            out.writeBytes(blocks);
        });
        blocks.clear();
        begun = false;
    }
}
