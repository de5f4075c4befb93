package io.sluice.streams.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.StreamInfo;
import io.sluice.streams.internal.media.Ring;
import java.util.ArrayDeque;

/** Counts what a stream page shows. The stream's thread only. */
final class StreamReport {
    private static final long RATE_MILLIS = 5000;
    /** A key frame later than this keeps new viewers waiting; encoders' longest usual distance. */
    private static final long KEY_MILLIS = 10_000;

    private final ArrayDeque<long[]> rate = new ArrayDeque<>();
    private long payloadBytes;
    private long framesIn;
    private long lastKeyMillis;
    private long videoSinceMillis;
    private boolean hasBFrames;
    long undeclared;
    String trouble = "";

    void wrote(Frame frame, boolean start) {
        payloadBytes += frame.payload().readableBytes();
        framesIn++;
        hasBFrames |= frame.ptsNanos() != frame.dtsNanos();
        if (frame.isVideo()) {
            videoSinceMillis = videoSinceMillis == 0 ? frame.arrivedMillis() : videoSinceMillis;
        }
        if (start) {
            lastKeyMillis = frame.arrivedMillis();
            trouble = "";
        }
    }

    void restart() {
        hasBFrames = false;
        videoSinceMillis = 0;
    }

    StreamInfo info(LiveStream stream, Tracks tracks, Ring ring, String publisher, int viewers, long nowMillis) {
        long oldest = ring.newest() == null ? 0 : ring.get(ring.first()).dtsNanos() / 1_000_000;
        long newest = ring.newest() == null ? 0 : ring.newest().dtsNanos() / 1_000_000;
        return new StreamInfo(stream.name(), stream.state(), tracks, stream.config().name(), publisher, viewers, stream.sinceMillis(), oldest, newest, bitsPerSecond(nowMillis),
            framesIn, stream.skipped().sum(), lastKeyMillis, hasBFrames, "", problem(stream, tracks, ring, nowMillis));
    }

    private long bitsPerSecond(long nowMillis) {
        rate.addLast(new long[] {nowMillis, payloadBytes});
        while (rate.size() > 2 && nowMillis - rate.getFirst()[0] > RATE_MILLIS) {
            rate.removeFirst();
        }
        long span = nowMillis - rate.getFirst()[0];
        return span <= 0 ? 0 : (payloadBytes - rate.getFirst()[1]) * 8000 / span;
    }

    private String problem(LiveStream stream, Tracks tracks, Ring ring, long nowMillis) {
        if (!trouble.isEmpty()) {
            return trouble;
        }
        if (stream.state() == StreamInfo.State.GRACE) {
            return "the publisher is gone; viewers keep their place";
        }
        if (ring.oversized()) {
            return "the pictures from one key frame to the next need more than the buffer of " + (stream.config().bufferBytes() >> 20)
                + " MB: new viewers wait for the next key frame; send key frames more often";
        }
        long since = Math.max(lastKeyMillis, videoSinceMillis);
        if (tracks.hasVideo() && since > 0 && nowMillis - since > KEY_MILLIS) {
            return "no key frame for " + (nowMillis - since) / 1000 + " s";
        }
        if (stream.state() == StreamInfo.State.STARTING) {
            return framesIn == 0 ? "no media has come yet" : "waiting for the first key frame";
        }
        return undeclared > 0 ? undeclared + " frames were dropped because their track was not declared" : "";
    }
}
