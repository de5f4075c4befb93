package io.sluice.format.matroska;

/** A track of a recording and how far it has come. Times count from the recording's first frame. */
final class RecordedTrack {
    private static final long MILLISECOND = 1_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    private final int number;
    private final boolean video;
    private final long delayNanos;
    private long lastDts = NEVER;
    private long lastDuration;
    private long end = NEVER;

    /**
     * @param number     TrackNumber
     * @param delayNanos CodecDelay
     */
    RecordedTrack(int number, boolean video, long delayNanos) {
        this.number = number;
        this.video = video;
        this.delayNanos = delayNanos;
    }

    static long millis(long nanos) {
        return Math.floorDiv(nanos + MILLISECOND / 2, MILLISECOND);
    }

    int number() {
        return number;
    }

    boolean isVideo() {
        return video;
    }

    long delayNanos() {
        return delayNanos;
    }

    void saw(long ptsNanos, long dtsNanos) {
        if (lastDts != NEVER) {
            lastDuration = Math.max(0, dtsNanos - lastDts);
        }
        lastDts = dtsNanos;
        end = Math.max(end, ptsNanos + lastDuration);
    }

    /** When the last frame is over, if it lasts as long as the one before; far in the past for a track without frames. */
    long endMillis() {
        return end == NEVER ? -1L << 40 : millis(end);
    }
}
