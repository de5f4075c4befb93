package io.sluice.variables.internal;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Log lines about variables that cannot be read: one when it begins, one when it is over, ten in a second at most and then their number. On the engine's thread. */
final class Failures {
    private static final int MOST_A_SECOND = 10;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private final Logger log;
    private int said;
    private int unsaid;
    private long sinceNanos;

    Failures(Logger log) {
        this.log = log;
    }

    void began(String name, String why) {
        if (room()) {
            log.warn("${} cannot be read: {}; its last value stays", name, why);
        }
    }

    void over(String name, int failures) {
        if (room()) {
            log.info("${} is read again, after {} {}", name, failures, failures == 1 ? "failure" : "failures");
        }
    }

    private boolean room() {
        if (said < MOST_A_SECOND) {
            said++;
            return true;
        }
        unsaid++;
        return false;
    }

    void tick(long nowNanos) {
        if (nowNanos - sinceNanos < SECOND) {
            return;
        }
        if (unsaid > 0) {
            log.warn("{} more variables began to fail or ceased to; the page Variables shows them", unsaid);
        }
        sinceNanos = nowNanos;
        said = 0;
        unsaid = 0;
    }
}
