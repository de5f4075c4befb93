package io.sluice.process.ffmpeg.internal;

/** Times of AAC frames by their number. */
record AacClock(long anchorNanos) {
    static final int RATE = 48_000;
    private static final int SAMPLES = 1024;
    private static final long SECOND = 1_000_000_000L;

    /** @param number from 0; the frame before the first sound, in which the encoder warms up, is -1 */
    long nanos(long number) {
        return anchorNanos + Math.floorDiv(number * SAMPLES, RATE) * SECOND + Math.floorMod(number * SAMPLES, RATE) * SECOND / RATE;
    }
}
