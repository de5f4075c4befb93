package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.net.Association;

/** Datagrams for one peer, written behind each other and sent in as few calls as their sizes allow: equal ones, and a shorter last one, go together. */
final class SegmentRun implements AutoCloseable {
    private final Association to;
    private final ByteBuf out;
    private int start;
    private int written;
    private int segment;
    private boolean last;

    SegmentRun(Association to, int bytes) {
        this.to = to;
        out = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
    }

    /** Where the next datagram is appended; then {@link #added} is called. */
    ByteBuf out() {
        return out;
    }

    void added() {
        int size = out.writerIndex() - written;
        if (written > start && (last || size > segment)) {
            send();
        }
        if (written == start) {
            segment = size;
            last = false;
        } else {
            last = size < segment;
        }
        written = out.writerIndex();
    }

    private void send() {
        to.send(out.retainedSlice(start, written - start), segment);
        start = written;
    }

    /** Sends what is left. */
    @Override
    public void close() {
        if (written > start) {
            send();
        }
        out.release();
    }
}
