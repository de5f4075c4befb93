package io.sluice.source.file.internal;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An event loop and its clock, moved by the test. */
final class ManualLoop extends AbstractExecutorService implements ScheduledExecutorService {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>(Comparator.comparingLong((Timed t) -> t.at));
    private long now;

    private final class Timed extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long at;

        Timed(Runnable task, long at) {
            super(task, null);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed o) {
            return Long.compare(at, ((Timed) o).at);
        }
    }

    long nanoTime() {
        return now;
    }

    /** Runs all that is due, then lets time pass from task to task. */
    void advance(long nanos) {
        long until = now + nanos;
        runReady();
        while (!timed.isEmpty() && timed.peek().at <= until) {
            now = Math.max(now, timed.peek().at);
            timed.poll().run();
            runReady();
        }
        now = until;
    }

    /** Time passes and nothing runs: the process was held up. */
    void freeze(long nanos) {
        now += nanos;
    }

    void runReady() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Timed t = new Timed(task, now + unit.toNanos(delay));
        timed.add(t);
        return t;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
