package io.sluice.pushes.internal.time;

import io.sluice.api.push.PushClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Wakes who waits for a time of day. While anybody waits it looks at both clocks every half a minute at least: where they went apart, somebody has set the wall clock, and all
 * who wait are told.
 */
public final class WallClock implements PushClock {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** A clock that is slewed goes 0.05 % wrong: 15 ms in 30 s. */
    private static final Duration JUMP = Duration.ofMillis(500);
    private final Ticker ticker;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparing(Waiting::time));
    private Instant wallThen;
    private long nanosThen;
    private Runnable timer = () -> {
    };
    private Instant timerAt = Instant.MAX;

    private record Waiting(Instant time, Runnable task) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    public WallClock(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public Instant now() {
        return ticker.wall();
    }

    @Override
    public AutoCloseable at(Instant time, Runnable task) {
        Waiting added = new Waiting(time, task);
        synchronized (this) {
            if (waiting.isEmpty()) {
                note();
            }
            waiting.add(added);
            arm();
        }
        return () -> {
            synchronized (this) {
                waiting.remove(added);
            }
        };
    }

    private void note() {
        wallThen = ticker.wall();
        nanosThen = ticker.nanos();
    }

    /** One timer, for the earliest; taken back with the last who waits it is not, and then finds nobody. */
    private void arm() {
        Waiting first = waiting.peek();
        if (first == null) {
            return;
        }
        Instant now = ticker.wall();
        Instant longest = now.plus(LONGEST);
        Instant next = first.time().isBefore(longest) ? first.time() : longest;
        if (next.isBefore(timerAt) || timerAt.isBefore(now)) {
            timer.run();
            timerAt = next;
            // the wall clock may be a little behind the other: a wake too early would find nothing due
            timer = ticker.schedule(this::wake, next.isAfter(now) ? Duration.between(now, next).toNanos() + 1_000_000 : 0);
        }
    }

    private void wake() {
        List<Waiting> due = new ArrayList<>();
        synchronized (this) {
            timerAt = Instant.MAX;
            timer = () -> {
            };
            Instant now = ticker.wall();
            Duration apart = Duration.between(wallThen, now).minusNanos(ticker.nanos() - nanosThen);
            boolean jumped = apart.abs().compareTo(JUMP) > 0;
            note();
            while (!waiting.isEmpty() && (jumped || !waiting.peek().time().isAfter(now))) {
                due.add(waiting.poll());
            }
            arm();
        }
        due.forEach(w -> w.task().run());
    }
}
