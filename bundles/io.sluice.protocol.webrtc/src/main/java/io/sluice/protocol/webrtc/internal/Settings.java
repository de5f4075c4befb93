package io.sluice.protocol.webrtc.internal;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The configuration, checked. */
record Settings(long silenceNanos, long keyFrameNanos, int maxKbps, long repairNanos, List<String> iceServers) {
    static Settings of(WebRtcConfig c) {
        return new Settings(TimeUnit.SECONDS.toNanos(Math.max(3, c.silenceSeconds())), TimeUnit.MILLISECONDS.toNanos(Math.max(0, c.keyFrameMillis())), Math.max(64, c.maxKbps()),
            TimeUnit.MILLISECONDS.toNanos(Math.max(20, Math.min(2000, c.repairMillis()))), Arrays.stream(c.iceServers()).filter(s -> !s.isBlank()).map(IceServers::link).toList());
    }
}
