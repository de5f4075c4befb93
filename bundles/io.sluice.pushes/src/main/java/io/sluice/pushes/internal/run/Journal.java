package io.sluice.pushes.internal.run;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What turned on and off and why, in the log: the first lines of each second; how many more came is said with the next. One thread. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int LINES = 20;
    private long second = Long.MIN_VALUE;
    private int lines;

    void turned(String entry, String stream, boolean on, String why, long nanos) {
        if (line(nanos)) {
            LOG.info("push {} of {} is {}: {}", entry, stream, on ? "on" : "off", why);
        }
    }

    void failed(String entry, String stream, String why, long waitNanos, long nanos) {
        if (line(nanos)) {
            LOG.warn("push {} of {} failed: {}; {}", entry, stream, why, waitNanos == 0 ? "it is not tried again" : "next try in " + TimeUnit.NANOSECONDS.toMillis(waitNanos) / 1000.0 + " s");
        }
    }

    private boolean line(long nanos) {
        long now = Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1));
        if (now != second) {
            if (lines > LINES) {
                LOG.info("{} more pushes turned on or off, or failed", lines - LINES);
            }
            second = now;
            lines = 0;
        }
        return lines++ < LINES;
    }
}
