package io.sluice.format.rtcp;

/** NTP timestamps, RFC 5905 section 6: seconds since 1900 and their fraction, 32 bits each. */
public final class NtpTime {
    /** From 1900 to 1970. */
    private static final long EPOCH_SECONDS = 2_208_988_800L;
    private static final long SECOND = 1_000_000_000L;

    private NtpTime() {
    }

    /** @param unixNanos since 1970 */
    public static long of(long unixNanos) {
        long seconds = Math.floorDiv(unixNanos, SECOND) + EPOCH_SECONDS;
        return seconds << 32 | (Math.floorMod(unixNanos, SECOND) << 32) / SECOND;
    }

    /** Nanoseconds since 1970; of the years 1968 to 2104. */
    public static long unixNanos(long ntp) {
        long seconds = (ntp >>> 32) - EPOCH_SECONDS;
        return (seconds < 0 ? seconds + (1L << 32) : seconds) * SECOND + ((ntp & 0xffffffffL) * SECOND >>> 32);
    }

    /** The middle 32 bits, as in reports. */
    public static long middle(long ntp) {
        return ntp >>> 16 & 0xffffffffL;
    }

    /** 1/65536 s, as in reports. */
    public static long units(long nanos) {
        return (nanos / SECOND << 16) + (nanos % SECOND << 16) / SECOND;
    }

    /**
     * The time from a sender report of ours to its echo and back, RFC 3550 section 6.4.1.
     *
     * @param nowNtp when the report that has the block came
     * @return nanoseconds; -1 where the block echoes nothing
     */
    public static long roundTripNanos(ReportBlock block, long nowNtp) {
        if (block.lastReport() == 0) {
            return -1;
        }
        long units = middle(nowNtp) - block.lastReport() - block.sinceLastReport() & 0xffffffffL;
        return units > Integer.MAX_VALUE ? 0 : units * SECOND >> 16;
    }
}
