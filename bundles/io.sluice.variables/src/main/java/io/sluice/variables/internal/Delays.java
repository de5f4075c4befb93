package io.sluice.variables.internal;

import io.sluice.api.variable.Variables.Punctuality;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/** How late readings began, in steps of a tenth of a millisecond, a minute at a time. {@link #add} and {@link #last} from any thread. */
final class Delays {
    private static final long STEP_NANOS = 100_000;
    private static final double STEPS_PER_MILLI = 10;
    /** One second; what is later counts as this, but for the most. */
    private static final int STEPS = 10_000;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private final AtomicIntegerArray counts = new AtomicIntegerArray(STEPS + 1);
    private final AtomicLong most = new AtomicLong();
    private volatile Punctuality last = new Punctuality(0, 0, 0, 0);
    private long sinceNanos;

    Delays(long nowNanos) {
        sinceNanos = nowNanos;
    }

    void add(long delayNanos) {
        long delay = Math.max(0, delayNanos);
        counts.incrementAndGet((int) Math.min(STEPS, delay / STEP_NANOS));
        most.accumulateAndGet(delay, Math::max);
    }

    Punctuality last() {
        return last;
    }

    /** Begins a new minute when one is over. On the engine's thread. */
    void tick(long nowNanos) {
        if (nowNanos - sinceNanos < MINUTE) {
            return;
        }
        sinceNanos = nowNanos;
        int[] minute = new int[STEPS + 1];
        long sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            minute[i] = counts.getAndSet(i, 0);
            sum += minute[i];
        }
        last = new Punctuality(sum, quantile(minute, sum / 2), quantile(minute, sum * 99 / 100), most.getAndSet(0) / 1e6);
    }

    private static double quantile(int[] counts, long rank) {
        long passed = 0;
        for (int i = 0; i < counts.length; i++) {
            passed += counts[i];
            if (passed > rank) {
                return (i + 1) / STEPS_PER_MILLI;
            }
        }
        return 0;
    }
}
