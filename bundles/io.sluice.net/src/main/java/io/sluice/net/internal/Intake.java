package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;

/** What the peer sent and nobody has decoded yet. Used on one loop. */
final class Intake {
    private ByteBuf bytes;

    /** Takes over the caller's reference. */
    void add(ByteBufAllocator alloc, ByteBuf in) {
        bytes = bytes == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(alloc, bytes, in);
    }

    int size() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** Lent to the reader, who moves the reader index; only while {@link #size} is not 0. */
    ByteBuf lend() {
        return bytes;
    }

    /** The rest is the caller's to release; null when there is none. */
    ByteBuf take() {
        ByteBuf rest = bytes;
        bytes = null;
        return rest;
    }

    /** After a reader: frees what was read. A buffer of which a reader kept a slice is left where it is. */
    void trim() {
        if (bytes == null) {
            return;
        }
        if (!bytes.isReadable()) {
            release();
        } else if (bytes.refCnt() == 1) {
            bytes.discardSomeReadBytes();
        }
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
