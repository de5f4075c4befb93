package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, never for time. */
final class Await {
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private Await() {
    }

    static void until(BooleanSupplier condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail(otherwise.get());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
