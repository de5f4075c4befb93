package io.sluice.net.internal;

import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The pending schedules of one handler on one connection, cancelled together. Used on one loop; a timer's own close comes from any thread. */
public final class Timers {
    private final EventLoop loop;
    private final Consumer<Runnable> runner;
    private final Set<Timer> pending = new HashSet<>();
    private boolean cancelled;

    /** @param runner calls a due task and deals with what it throws */
    Timers(EventLoop loop, Consumer<Runnable> runner) {
        this.loop = loop;
        this.runner = runner;
    }

    public AutoCloseable schedule(long delayNanos, Runnable task) {
        Timer timer = new Timer(task);
        if (!cancelled) {
            pending.add(timer);
            timer.future = loop.schedule(timer, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        }
        return timer;
    }

    public void cancel() {
        cancelled = true;
        pending.forEach(t -> t.future.cancel(false));
        pending.clear();
    }

    private final class Timer implements Runnable, AutoCloseable {
        private final Runnable task;
        private java.util.concurrent.Future<?> future;

        Timer(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (pending.remove(this)) {
                runner.accept(task);
            }
        }

        @Override
        public void close() {
            if (loop.inEventLoop()) {
                if (pending.remove(this)) {
                    future.cancel(false);
                }
            } else {
                loop.execute(this::close);
            }
        }
    }
}
