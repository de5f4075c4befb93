package io.sluice.streams.internal;

import io.sluice.streams.internal.media.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test turns. */
final class Turned implements Clock {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public long millis() {
        return nanos.get() / 1_000_000;
    }

    void forwardMillis(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }
}
