package io.sluice.net.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What peers did wrong, one line each, and no more lines than a person reads: a flood must not fill the log. Any thread. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    /** Shown at once; a person who tries things out sees each of his lines. */
    private static final int BURST = 100;
    /** Some 2 KB: the 50 MB that the log keeps hold seven hours of an attack, and what else was said in them. */
    private static final int LINES_A_SECOND = 10;
    private static final long NANOS_A_LINE = TimeUnit.SECONDS.toNanos(1) / LINES_A_SECOND;

    private final LongSupplier nanos;
    /** When the lines that were shown will all have been paid for. */
    private long paidAt;
    private long silent;

    Complaints(LongSupplier nanos) {
        this.nanos = nanos;
        paidAt = nanos.getAsLong();
    }

    /** @param fault what the peer did; control characters that it put there are shown as '?' */
    void add(Object peer, String fault) {
        long before = admit();
        if (before >= 0) {
            LOG.warn("{}: {}{}", peer, printable(fault), before == 0 ? "" : " (and " + before + " like it before, not shown)");
        }
    }

    /** @return how many were not shown since the last that was, or -1 where this one is not either */
    synchronized long admit() {
        long now = nanos.getAsLong();
        if (paidAt - now < 0) {
            paidAt = now;
        }
        if (paidAt - now > (BURST - 1) * NANOS_A_LINE) {
            silent++;
            return -1;
        }
        paidAt += NANOS_A_LINE;
        long before = silent;
        silent = 0;
        return before;
    }

    private static String printable(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}", "?");
    }
}
