package io.sluice.format.mpegts;

/**
 * The stream's nanoseconds as 90 kHz ticks. A fixed second is added, so that a stream that begins at 0 has room for the PCR's lead; the sum is the same in
 * every segment and every version. Timestamps on the wire are the low 33 bits (ISO/IEC 13818-1 section 2.4.3.7).
 */
public final class TsClock {
    public static final long WRAP = 1L << 33;
    /** Added to every timestamp. */
    public static final long OFFSET_TICKS = 90_000;
    /** How long before its decoding a frame arrives in the modelled decoder: the PCR runs behind the DTS by this. */
    public static final long LEAD_TICKS = 45_000;
    private static final long NANOS_PER_9_TICKS = 100_000;

    private TsClock() {
    }

    /** Rounded to the nearest tick, unmasked; a later time never gives an earlier tick. */
    public static long ticks(long nanos) {
        long whole = Math.floorDiv(nanos, NANOS_PER_9_TICKS);
        long rest = Math.floorMod(nanos, NANOS_PER_9_TICKS);
        return whole * 9 + (rest * 9 + NANOS_PER_9_TICKS / 2) / NANOS_PER_9_TICKS + OFFSET_TICKS;
    }

    public static long masked(long ticks) {
        return ticks & WRAP - 1;
    }

    /** How far {@code to} is after {@code from}, both 33 bits: -2^32 to 2^32 - 1. */
    public static long distance(long from, long to) {
        return (to - from << 31) >> 31;
    }
}
