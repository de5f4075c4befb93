package io.sluice.sessions.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Says one thing at most once a minute, with the number of times that it was not said. From any thread. */
public final class Complaint {
    private static final long QUIET_NANOS = 60_000_000_000L;
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong hidden = new AtomicLong();

    /** @param said gets how often it was kept back since the last time */
    public void say(long nowNanos, LongConsumer said) {
        long due = next.get();
        if ((due == Long.MIN_VALUE || nowNanos - due >= 0) && next.compareAndSet(due, nowNanos + QUIET_NANOS)) {
            said.accept(hidden.getAndSet(0));
        } else {
            hidden.incrementAndGet();
        }
    }
}
