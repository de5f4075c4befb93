package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Track;

/** Opus and G.711: each packet is a unit. */
final class SoundDepacketiser implements Depacketiser {
    private final Track track;
    private final UnitSink sink;
    private boolean told;

    SoundDepacketiser(Track track, UnitSink sink) {
        this.track = track;
        this.sink = sink;
    }

    @Override
    public void packet(ByteBuf payload, long timestamp, boolean marker, boolean gap) {
        if (!payload.isReadable()) {
            return;
        }
        if (!told) {
            told = true;
            sink.track(track);
        }
        sink.unit(timestamp, true, payload);
    }

    @Override
    public void close() {
        // keeps nothing
    }
}
