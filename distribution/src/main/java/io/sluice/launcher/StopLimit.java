package io.sluice.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a stop that does not end: the framework's own limit counts only once its stop has begun, and that waits for a bundle that is just being started, for as long
 * as this takes.
 */
final class StopLimit {
    private StopLimit() {
    }

    /**
     * @param millis from now on
     * @param late    called then, on a thread of its own, unless the process has ended before
     */
    static void begin(long millis, Runnable late) {
        Thread thread = new Thread(() -> {
            try {
                new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
                late.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "sluice-stop-limit");
        thread.setDaemon(true);
        thread.start();
    }
}
