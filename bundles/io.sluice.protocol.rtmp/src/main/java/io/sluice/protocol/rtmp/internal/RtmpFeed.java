package io.sluice.protocol.rtmp.internal;

import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;

/** RTMP as a muxed form: one for all players that were told the same chunk size. */
record RtmpFeed(int chunkBytes) implements FeedFormat {
    /** The message stream that every player gets from createStream: the bytes are shared, so it must be the same for all. */
    static final int STREAM_ID = 1;

    @Override
    public String name() {
        return "rtmp";
    }

    @Override
    public Muxer open() {
        return new RtmpMuxer(chunkBytes);
    }

    @Override
    public boolean joins() {
        return true;
    }
}
