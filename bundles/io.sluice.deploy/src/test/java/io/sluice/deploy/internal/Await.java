package io.sluice.deploy.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;

/** Waits for a condition, and says what was there when it did not come. */
final class Await {
    private Await() {
    }

    static void until(String what, Supplier<?> shown, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                Assertions.fail("not within 20 s: " + what + "; there is " + shown.get());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
