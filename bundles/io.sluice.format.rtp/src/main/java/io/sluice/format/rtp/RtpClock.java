package io.sluice.format.rtp;

import java.util.concurrent.TimeUnit;

/** Unwrapped RTP timestamps and nanoseconds. Both ways are exact to a nanosecond for centuries: whole seconds are converted apart from the rest. */
public final class RtpClock {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private RtpClock() {
    }

    public static long nanos(long ticks, int rate) {
        return Math.floorDiv(ticks, rate) * SECOND + Math.floorMod(ticks, rate) * SECOND / rate;
    }

    /** The nearest tick. */
    public static long ticks(long nanos, int rate) {
        return Math.floorDiv(nanos, SECOND) * rate + (Math.floorMod(nanos, SECOND) * rate + SECOND / 2) / SECOND;
    }
}
