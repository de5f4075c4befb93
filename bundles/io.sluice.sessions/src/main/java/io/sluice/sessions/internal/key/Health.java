package io.sluice.sessions.internal.key;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Whether a strategy keeps its deadline. One that missed it is left alone but for a trial each second, so that nobody waits behind it. From any thread. */
final class Health {
    private static final long TRIAL_NANOS = 1_000_000_000L;
    private final LongSupplier nanos;
    private final AtomicLong nextTrial = new AtomicLong();
    private volatile boolean late;

    Health(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean late() {
        return late;
    }

    /** @return true the first time */
    boolean missed() {
        nextTrial.set(nanos.getAsLong() + TRIAL_NANOS);
        boolean first = !late;
        late = true;
        return first;
    }

    /** Whether the caller is to try it now. */
    boolean trial() {
        long due = nextTrial.get();
        long now = nanos.getAsLong();
        return late && now - due >= 0 && nextTrial.compareAndSet(due, now + TRIAL_NANOS);
    }

    /** @return true when it was late before */
    boolean kept() {
        boolean was = late;
        late = false;
        return was;
    }
}
