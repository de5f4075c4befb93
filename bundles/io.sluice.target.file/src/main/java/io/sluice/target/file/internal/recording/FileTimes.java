package io.sluice.target.file.internal.recording;

import io.sluice.api.media.Frame;

/** When the media of one file began, and where it is now. Pictures lead where there are any, else sound. */
final class FileTimes {
    /** Key frames a millisecond early, as containers round, still count as there. */
    private static final long ROUNDING_NANOS = 2_000_000;

    private final boolean video;
    private final boolean discontinuity;
    private final long startNanos;
    private final long anchorWallMillis;
    private final long anchorNanos;
    private long lastNanos;
    private long stepNanos;

    /** @param before the file before in one run of the timeline, whose wall clock is gone on with; or null */
    FileTimes(Frame first, boolean video, boolean discontinuity, FileTimes before) {
        this.video = video;
        this.discontinuity = discontinuity;
        this.startNanos = first.dtsNanos();
        this.lastNanos = first.dtsNanos();
        this.anchorWallMillis = before == null ? first.arrivedMillis() : before.anchorWallMillis;
        this.anchorNanos = before == null ? first.dtsNanos() : before.anchorNanos;
    }

    /** A frame of the track that says where files can be cut. */
    boolean leads(Frame frame) {
        return frame.isVideo() || !video;
    }

    boolean isSince(Frame frame, long lengthNanos) {
        return frame.dtsNanos() - startNanos >= lengthNanos - ROUNDING_NANOS;
    }

    void note(Frame frame) {
        if (leads(frame) && frame.dtsNanos() > lastNanos) {
            stepNanos = frame.dtsNanos() - lastNanos;
            lastNanos = frame.dtsNanos();
        }
    }

    long startNanos() {
        return startNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    /** Where the next frame would be, as far as the last two tell. */
    long endNanos() {
        return lastNanos + stepNanos;
    }

    /** Unix epoch of the first frame; within a run of the timeline dates differ by just the media between them. */
    long wallMillis() {
        return anchorWallMillis + (startNanos - anchorNanos) / 1_000_000;
    }

    boolean discontinuity() {
        return discontinuity;
    }
}
