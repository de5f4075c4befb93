package io.sluice.protocol.webrtc.internal;

import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;

/** RTP payloads as a muxed form: cut once for all viewers, who put their own headers before them. */
record RtpFeed() implements FeedFormat {
    @Override
    public String name() {
        return "rtp";
    }

    @Override
    public Muxer open() {
        return new RtpMuxer();
    }
}
