package io.sluice.variables.internal;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bounded part of a pool, so that what waits here keeps nobody else's threads; with a width of one its tasks run one after another. From any thread. */
final class Lane implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private final Executor pool;
    private final int width;
    private final int most;
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    /** @param width threads at a time @param most tasks that can wait */
    Lane(Executor pool, int width, int most) {
        this.pool = pool;
        this.width = width;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        if (queued.incrementAndGet() > most) {
            queued.decrementAndGet();
            throw new RejectedExecutionException("more than " + most + " tasks wait");
        }
        waiting.add(task);
        if (enter()) {
            pool.execute(this::work);
        }
    }

    private boolean enter() {
        for (int n = running.get(); n < width; n = running.get()) {
            if (running.compareAndSet(n, n + 1)) {
                return true;
            }
        }
        return false;
    }

    private void work() {
        do {
            for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                queued.decrementAndGet();
                run(task);
            }
            running.decrementAndGet();
            // one may have come between the last look and the leaving
        } while (!waiting.isEmpty() && enter());
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("a task of a variable failed", e);
        }
    }
}
