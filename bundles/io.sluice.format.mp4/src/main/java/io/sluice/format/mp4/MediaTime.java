package io.sluice.format.mp4;

/** Nanoseconds in the units of a time scale, each rounded by itself, so that nothing drifts. */
final class MediaTime {
    private static final long SECOND = 1_000_000_000L;

    private MediaTime() {
    }

    /** The nearest unit; exact arithmetic for time scales up to 9 billion and all times of less than centuries. */
    static long units(long nanos, long timescale) {
        return Math.floorDiv(nanos, SECOND) * timescale + (Math.floorMod(nanos, SECOND) * timescale + SECOND / 2) / SECOND;
    }

    /** From one scale to another, rounded to the nearest. */
    static long rescaled(long units, long from, long to) {
        return Math.floorDiv(units, from) * to + (Math.floorMod(units, from) * to + from / 2) / from;
    }
}
