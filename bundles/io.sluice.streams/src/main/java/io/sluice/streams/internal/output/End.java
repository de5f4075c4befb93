package io.sluice.streams.internal.output;

import io.sluice.api.media.Frame;

/**
 * Where a push ends. One reader's, on its loop.
 */
final class End {
    static final long NEVER = Long.MAX_VALUE;
    /** Sound that is so far beyond the end has no picture any more that would say so. */
    private static final long BEYOND_NANOS = 1_000_000_000L;

    private final long mediaNanos;
    private final long wallMillis;
    private final long durationNanos;
    private long firstNanos = NEVER;

    /**
     * @param mediaNanos    on the stream's timeline, or {@link #NEVER}
     * @param wallMillis    of the Unix epoch, or {@link #NEVER}
     * @param durationNanos of media from the first frame, or {@link #NEVER}
     */
    End(long mediaNanos, long wallMillis, long durationNanos) {
        this.mediaNanos = mediaNanos;
        this.wallMillis = wallMillis;
        this.durationNanos = durationNanos;
    }

    enum Verdict { BEFORE, AFTER, OVER }

    /** @param main its track is the one that says when all is over */
    Verdict of(Frame frame, boolean main) {
        if (firstNanos == NEVER) {
            firstNanos = frame.dtsNanos();
        }
        long stop = Math.min(mediaNanos, durationNanos == NEVER ? NEVER : firstNanos + durationNanos);
        boolean late = frame.arrivedMillis() >= wallMillis;
        if (frame.dtsNanos() < stop && !late) {
            return Verdict.BEFORE;
        }
        boolean far = stop != NEVER && frame.dtsNanos() >= stop && frame.dtsNanos() - stop >= BEYOND_NANOS;
        return main || far || late && frame.arrivedMillis() - wallMillis >= BEYOND_NANOS / 1_000_000 ? Verdict.OVER : Verdict.AFTER;
    }

    /** The wall clock says so though nothing comes. */
    boolean isOver(long nowMillis) {
        return wallMillis != NEVER && nowMillis - wallMillis >= BEYOND_NANOS / 1_000_000;
    }
}
