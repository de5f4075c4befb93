package io.sluice.streams.internal.output;

import io.sluice.api.media.Frame;
import io.sluice.streams.internal.media.Clock;

/** How fast frames are handed out. One reader's, on its loop. */
final class Pace {
    private static final long MILLI = 1_000_000L;
    private static final long NOTHING = Long.MIN_VALUE;

    private final double rate;
    private final long delayNanos;
    private final Clock clock;
    private long zeroNanos = NOTHING;
    private long firstNanos;

    /**
     * @param rate       of real time, 0 for as fast as they are taken
     * @param delayNanos each frame so long after it came, 0 for at once
     */
    Pace(double rate, long delayNanos, Clock clock) {
        this.rate = rate;
        this.delayNanos = delayNanos;
        this.clock = clock;
    }

    /** How long this frame has to wait; 0 or less when it is due. */
    long waitNanos(Frame frame) {
        long delay = delayNanos == 0 ? 0 : frame.arrivedMillis() * MILLI + delayNanos - clock.millis() * MILLI;
        if (rate == 0) {
            return delay;
        }
        if (zeroNanos == NOTHING) {
            if (delay > 0) {
                return delay;
            }
            zeroNanos = clock.nanos();
            firstNanos = frame.dtsNanos();
        }
        return Math.max(delay, (long) ((frame.dtsNanos() - firstNanos) / rate) - (clock.nanos() - zeroNanos));
    }
}
