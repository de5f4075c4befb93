package io.sluice.protocol.webrtc.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;
import io.sluice.format.rtppayload.PayloadFormats;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** RTP payloads as a muxed form: cut once for all viewers, who put their own headers before them. */
record RtpFeed() implements FeedFormat {
    private static final Set<Codec> CARRIED = Arrays.stream(Codec.values()).filter(PayloadFormats::knows).collect(Collectors.toUnmodifiableSet());

    @Override
    public String name() {
        return "rtp";
    }

    @Override
    public Muxer open() {
        return new RtpMuxer();
    }

    /** What browsers take; sound of another kind comes as one of these where somebody makes it. */
    @Override
    public Set<Codec> carries() {
        return CARRIED;
    }
}
