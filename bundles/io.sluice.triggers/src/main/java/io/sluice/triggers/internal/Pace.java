package io.sluice.triggers.internal;

import java.util.concurrent.TimeUnit;

/** One line in the log each ten seconds about the same thing; what is not said is counted. Any thread. */
final class Pace {
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long saidNanos = System.nanoTime() - LINE_NANOS;
    private long silent;

    /** @return how many times nothing was said since the last line, or -1 where nothing is to be said now either */
    synchronized long admit() {
        long now = System.nanoTime();
        if (now - saidNanos < LINE_NANOS) {
            silent++;
            return -1;
        }
        saidNanos = now;
        long before = silent;
        silent = 0;
        return before;
    }

    static String more(long before) {
        return before == 0 ? "" : " (and " + before + " times before)";
    }
}
