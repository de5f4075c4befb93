package io.sluice.variables.internal;

import io.sluice.variables.internal.keep.Kept;

/**
 * When each variable is due. With an interval it has a grid of times that nothing moves but an edit; without one it is read once. On the engine's thread.
 */
final class Schedule {
    private static final long MILLI = 1_000_000;
    /** What is due at once after a start is spread over so much. */
    private static final long SPREAD_NANOS = 1000 * MILLI;
    /** A source that cries change without end is read fifty times a second. */
    private static final long LEAST_GAP_NANOS = 20 * MILLI;
    /** A variable that is to be read once and could not be. */
    private static final long RETRY_NANOS = 5000 * MILLI;
    private final DueHeap<Slot> due = new DueHeap<>();
    private final Clock clock;

    Schedule(Clock clock) {
        this.clock = clock;
    }

    /** Takes out one that is due. @return null when there is none */
    Slot poll(long nowNanos) {
        Slot first = due.first();
        if (first == null || first.dueNanos() - nowNanos > 0) {
            return null;
        }
        due.remove(first);
        return first;
    }

    /** Nanoseconds until the next is due. */
    long untilNext(long nowNanos) {
        Slot first = due.first();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.dueNanos() - nowNanos);
    }

    void remove(Slot slot) {
        due.remove(slot);
    }

    /** A reading has begun: it is given up then. */
    void started(Slot slot, long nowNanos) {
        slot.lastStartNanos = nowNanos;
        due.schedule(slot, nowNanos + slot.definition.waitMillis() * MILLI);
    }

    /** A reading is over. */
    void next(Slot slot) {
        long now = clock.nanos();
        long interval = slot.definition.intervalMillis() * MILLI;
        if (slot.again) {
            slot.again = false;
            at(slot, Math.max(now, slot.lastStartNanos + LEAST_GAP_NANOS));
        } else if (interval > 0) {
            at(slot, slot.gridNanos + (Math.floorDiv(now - slot.gridNanos, interval) + 1) * interval);
        } else if (slot.state.error().isEmpty()) {
            never(slot);
        } else {
            at(slot, now + RETRY_NANOS);
        }
    }

    /** Until somebody asks for it. */
    void never(Slot slot) {
        due.remove(slot);
        slot.state = slot.state.next(0);
    }

    /** At once, or when it is due if that is sooner, and no more often than fifty times a second. */
    void soon(Slot slot) {
        long soon = Math.max(clock.nanos(), slot.lastStartNanos + LEAST_GAP_NANOS);
        at(slot, slot.scheduled() && slot.dueNanos() - soon < 0 ? slot.dueNanos() : soon);
    }

    /** Within a second, others at other moments. */
    void spread(Slot slot) {
        at(slot, clock.nanos() + phase(slot, SPREAD_NANOS));
    }

    /** A variable is new or was edited. */
    void begin(Slot slot) {
        slot.gridNanos = clock.nanos();
        slot.lastStartNanos = slot.gridNanos - LEAST_GAP_NANOS;
        at(slot, slot.gridNanos);
    }

    /**
     * A variable begins, as the engine does.
     *
     * @param kept      what is known of it, or null
     * @param restarted whether a restart of the server lies between: then what is read once is read again, and what its source watches in any case
     */
    void begin(Slot slot, Kept kept, boolean restarted) {
        long now = clock.nanos();
        long interval = slot.definition.intervalMillis();
        long inMillis = kept == null ? 0 : kept.nextMillis() - clock.millis();
        boolean onGrid = interval > 0 && inMillis > 0 && inMillis <= interval;
        slot.lastStartNanos = now - LEAST_GAP_NANOS;
        slot.gridNanos = now + (onGrid ? inMillis * MILLI : phase(slot, interval > 0 ? Math.min(interval * MILLI, SPREAD_NANOS) : SPREAD_NANOS));
        boolean done = interval == 0 && !restarted && kept != null && kept.readMillis() > 0 && !kept.watched();
        if (!done) {
            at(slot, slot.gridNanos);
        }
    }

    /** The same for the same name, all over the span. */
    private static long phase(Slot slot, long spanNanos) {
        return Math.floorMod(slot.definition.name().hashCode() * 0x9E3779B9L, spanNanos);
    }

    private void at(Slot slot, long dueNanos) {
        due.schedule(slot, dueNanos);
        slot.state = slot.state.next(clock.millis() + Math.max(0, dueNanos - clock.nanos()) / MILLI);
    }
}
