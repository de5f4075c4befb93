package io.sluice.pushes.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** The engine's thread and both clocks, turned by the test. */
public final class HandTicker implements Ticker {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(t -> t.at));
    private long nanos = 1_000_000_000_000L;
    private Instant wall = Instant.parse("2026-06-01T12:00:00Z");
    public int wakes;

    private static final class Timer {
        private final long at;
        private final Runnable task;

        Timer(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }
    }

    @Override
    public Instant wall() {
        return wall;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Runnable schedule(Runnable task, long delay) {
        Timer timer = new Timer(nanos + delay, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** All that is to be done now. */
    public void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Both clocks go on. */
    public void pass(Duration time) {
        long until = nanos + time.toNanos();
        run();
        while (!timers.isEmpty() && timers.peek().at <= until) {
            Timer timer = timers.poll();
            turn(Math.max(timer.at, nanos));
            wakes++;
            timer.task.run();
            run();
        }
        turn(until);
    }

    private void turn(long to) {
        wall = wall.plusNanos(to - nanos);
        nanos = to;
    }

    /** Somebody sets the wall clock. */
    public void set(Instant other) {
        wall = other;
    }

    /** Timers that wait. */
    public int waiting() {
        return timers.size();
    }
}
