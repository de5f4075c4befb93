package io.sluice.testkit.push;

import io.sluice.api.push.PushClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A wall clock that the test turns: forward, when each task is called at its time, or to another time at once, as if the machine's clock was set. */
public final class TurnedClock implements PushClock {
    private final List<Waiting> waiting = new ArrayList<>();
    private Instant now;
    private int wakes;

    private static final class Waiting {
        private final Instant time;
        private final Runnable task;

        Waiting(Instant time, Runnable task) {
            this.time = time;
            this.task = task;
        }
    }

    public TurnedClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public AutoCloseable at(Instant time, Runnable task) {
        Waiting added = new Waiting(time, task);
        synchronized (this) {
            if (time.isAfter(now)) {
                waiting.add(added);
                return () -> forget(added);
            }
        }
        task.run();
        return () -> {
        };
    }

    private synchronized void forget(Waiting gone) {
        waiting.remove(gone);
    }

    /** Time goes by until then. */
    public void goTo(String time) {
        Instant end = Instant.parse(time);
        for (Waiting next = due(end); next != null; next = due(end)) {
            next.task.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    public void pass(Duration time) {
        goTo(now().plus(time).toString());
    }

    private synchronized Waiting due(Instant end) {
        Waiting next = waiting.stream().filter(w -> !w.time.isAfter(end)).min(Comparator.comparing((Waiting w) -> w.time)).orElse(null);
        if (next != null) {
            waiting.remove(next);
            now = next.time;
            wakes++;
        }
        return next;
    }

    /** The machine's clock is set: all who wait are called, early or late. */
    public void jump(String time) {
        List<Waiting> all;
        synchronized (this) {
            now = Instant.parse(time);
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(w -> w.task.run());
    }

    /** How many wait: none, when all is closed. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** How often somebody was called because it was time. */
    public synchronized int wakes() {
        return wakes;
    }
}
