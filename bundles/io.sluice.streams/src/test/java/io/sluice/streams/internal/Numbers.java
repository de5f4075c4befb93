package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;

/** A form whose bytes are the frame's number; a header is -1 and the epoch. Another version is another object that does not equal it. */
record Numbers(int version, UnpooledByteBufAllocator allocator) implements FeedFormat {
    static final long HEADER = -1;

    @Override
    public String name() {
        return "numbers";
    }

    @Override
    public Muxer open() {
        return new Muxer() {
            private long expected = -1;

            @Override
            public ByteBuf mux(Frame frame) {
                if (expected >= 0 && frame.sequence() != expected) {
                    throw new IllegalStateException("wanted frame " + expected + ", got " + frame.sequence());
                }
                expected = frame.sequence() + 1;
                return allocator.directBuffer(16 + frame.payload().readableBytes()).writeLong(frame.sequence()).writeLong(version)
                    .writeBytes(frame.payload(), frame.payload().readerIndex(), frame.payload().readableBytes());
            }

            @Override
            public ByteBuf header(Tracks tracks, long startDtsNanos) {
                return allocator.directBuffer(16).writeLong(HEADER).writeLong(tracks.epoch());
            }
        };
    }
}
