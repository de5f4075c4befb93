package io.sluice.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition by asking again and again until a deadline, so that no test sleeps for a guessed time. */
public final class Await {
    private static final long POLL_NANOS = 20_000_000;

    private Await() {
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param what   is awaited, for the failure's text
     * @throws AssertionError when the time is over; its cause is the condition's last exception, if it threw
     */
    public static void until(String what, Duration atMost, Callable<Boolean> condition) {
        until(() -> what, atMost, condition);
    }

    /** As {@link #until(String, Duration, Callable)}, with a text made when it fails: it can say how far things got. */
    public static void until(Supplier<String> what, Duration atMost, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(POLL_NANOS);
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        throw new AssertionError("not within " + atMost.toSeconds() + " s: " + what.get() + (last == null ? "" : " (" + last + ")"), last);
    }
}
