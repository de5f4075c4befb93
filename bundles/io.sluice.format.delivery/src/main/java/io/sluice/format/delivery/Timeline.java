package io.sluice.format.delivery;

import io.sluice.api.media.Frame;

/** The receiver's times: from 0 at the first frame, always rising, also where the stream's own timeline breaks. */
public final class Timeline {
    /** For a frame that is not sent. */
    public static final long DROP = -1;
    private static final long MILLI = 1_000_000;
    /** Between the last frame before a break and the first after it: a picture at 25 a second. */
    private static final long STEP_NANOS = 40 * MILLI;
    /** After a break that is no longer than this the pause is kept, as it was one. */
    private static final long PAUSE_NANOS = 10_000 * MILLI;

    private boolean begun;
    private int epoch;
    private long baseNanos;
    private long lastNanos;
    private long lastVideoNanos;
    private long lastAudioNanos;

    /** @return decoding time, or {@link #DROP} for sound from before the beginning or before a break */
    public long dtsNanos(Frame frame) {
        if (!begun) {
            begun = true;
            epoch = frame.tracks().epoch();
            baseNanos = frame.dtsNanos();
        } else if (epoch != frame.tracks().epoch()) {
            epoch = frame.tracks().epoch();
            long now = frame.dtsNanos() - baseNanos;
            if (now <= lastNanos || now > lastNanos + PAUSE_NANOS) {
                baseNanos = frame.dtsNanos() - lastNanos - STEP_NANOS;
            }
        }
        long nanos = frame.dtsNanos() - baseNanos;
        if (frame.isVideo()) {
            nanos = Math.max(nanos, lastVideoNanos);
            lastVideoNanos = nanos;
        } else if (nanos < lastAudioNanos) {
            return DROP;
        } else {
            lastAudioNanos = nanos;
        }
        lastNanos = Math.max(lastNanos, nanos);
        return nanos;
    }

    /** Milliseconds, rounded to the nearest. */
    public static long millis(long nanos) {
        return Math.floorDiv(nanos + MILLI / 2, MILLI);
    }
}
