package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;

/** Planted: one picture, a second after the muxer began, goes out twice. */
record RtmpFeed(int chunkBytes) implements FeedFormat {
    static final int STREAM_ID = 1;
    private static final long LIVE_NANOS = 1_000_000_000L;

    @Override
    public String name() {
        return "rtmp";
    }

    @Override
    public Muxer open() {
        Muxer good = new RtmpMuxer(chunkBytes);
        long openedNanos = System.nanoTime();
        return new Muxer() {
            private boolean done;

            @Override
            public ByteBuf mux(Frame frame) {
                ByteBuf bytes = good.mux(frame);
                if (done || !frame.isVideo() || System.nanoTime() - openedNanos < LIVE_NANOS) {
                    return bytes;
                }
                done = true;
                return Unpooled.wrappedBuffer(bytes.copy(), bytes);
            }

            @Override
            public ByteBuf header(Tracks tracks, long startDtsNanos) {
                return good.header(tracks, startDtsNanos);
            }
        };
    }
}
