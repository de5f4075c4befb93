package io.sluice.pushes.internal.run;

import java.util.concurrent.TimeUnit;

/** How long to wait before a push is started again: the first time as configured, then twice as long each time it failed, up to a minute. One thread. */
final class Backoff {
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** What ran so long works. */
    static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(30);
    private long next;

    void reset() {
        next = 0;
    }

    /** @param first wait, nanoseconds @param ran nanoseconds that it ran @param failed or ended in order @return nanoseconds to wait */
    long after(long first, long ran, boolean failed) {
        if (!failed || ran >= GOOD_NANOS) {
            reset();
        }
        long wait = Math.max(first, next);
        next = failed ? Math.min(LONGEST_NANOS, wait * 2) : 0;
        return wait;
    }
}
