package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.format.rtp.RtpException;

/** The access unit that is being put together: its bytes, and whether something of it is missing. */
final class UnitAssembly {
    private static final int FIRST_BYTES = 16 << 10;

    private final int maxBytes;
    private final UnitSink sink;
    private final ByteBuf bytes;
    private long timestamp;
    private boolean open;
    private boolean damaged;

    /** @param maxBytes of a unit; more is a fault of the peer */
    UnitAssembly(ByteBufAllocator allocator, int maxBytes, UnitSink sink) {
        this.maxBytes = maxBytes;
        this.sink = sink;
        this.bytes = allocator.buffer(Math.min(FIRST_BYTES, maxBytes), maxBytes);
    }

    boolean open() {
        return open;
    }

    boolean openAt(long time) {
        return open && timestamp == time;
    }

    void begin(long time) {
        bytes.clear();
        timestamp = time;
        open = true;
        damaged = false;
    }

    /** Something of the open unit is missing. */
    void damage() {
        damaged = true;
    }

    boolean damaged() {
        return damaged;
    }

    long timestamp() {
        return timestamp;
    }

    /** Room for so many more bytes, at the end. */
    ByteBuf room(int more) {
        if (more > maxBytes - bytes.writerIndex()) {
            throw new RtpException("RTP payload: wanted access units of at most " + maxBytes + " bytes, found more");
        }
        return bytes;
    }

    ByteBuf bytes() {
        return bytes;
    }

    /** Ends the unit as one that is whole. */
    void whole(boolean key) {
        open = false;
        sink.unit(timestamp, key, bytes);
    }

    /** Ends the unit as one that is not. */
    void lose() {
        open = false;
        sink.lost(timestamp);
    }

    /** Ends a unit that has nothing for decoders. */
    void discard() {
        open = false;
    }

    void release() {
        bytes.release();
        open = false;
    }
}
