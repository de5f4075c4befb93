package io.sluice.protocol.hls.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;

/** The segment that is being written. Its buffer is handed over with the finished segment. */
final class OpenSegment {
    private final ByteBuf buffer;
    private final long startDtsNanos;
    private final long ptsNanos;
    private final long wallMillis;
    private final boolean discontinuity;
    private boolean hasVideo;
    private long keyDtsNanos;
    private long lastDtsNanos;
    private long lastStepNanos;

    OpenSegment(ByteBuf buffer, Frame first, long wallMillis, boolean discontinuity) {
        this.buffer = buffer;
        this.startDtsNanos = first.dtsNanos();
        this.ptsNanos = first.ptsNanos();
        this.lastDtsNanos = first.dtsNanos();
        this.keyDtsNanos = first.dtsNanos();
        this.wallMillis = wallMillis;
        this.discontinuity = discontinuity;
    }

    /** Notes a frame's time; pictures say where the segment ends, sound only where there are none. */
    void note(Frame frame) {
        if (frame.isVideo() && frame.key()) {
            keyDtsNanos = frame.dtsNanos();
        }
        if (frame.isVideo() && !hasVideo) {
            hasVideo = true;
            lastStepNanos = 0;
        } else if (frame.isVideo() == hasVideo && frame.dtsNanos() > lastDtsNanos) {
            lastStepNanos = frame.dtsNanos() - lastDtsNanos;
        }
        if (frame.isVideo() == hasVideo) {
            lastDtsNanos = frame.dtsNanos();
        }
    }

    ByteBuf buffer() {
        return buffer;
    }

    int bytes() {
        return buffer.readableBytes();
    }

    long startDtsNanos() {
        return startDtsNanos;
    }

    /** Of the last key frame, or the beginning. */
    long keyDtsNanos() {
        return keyDtsNanos;
    }

    long ptsNanos() {
        return ptsNanos;
    }

    long wallMillis() {
        return wallMillis;
    }

    boolean discontinuity() {
        return discontinuity;
    }

    boolean hasVideo() {
        return hasVideo;
    }

    /** Where the next frame would be, as far as the last two tell. */
    long endDtsNanos() {
        return lastDtsNanos + lastStepNanos;
    }
}
