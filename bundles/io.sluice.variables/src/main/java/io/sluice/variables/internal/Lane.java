package io.sluice.variables.internal;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded part of a pool, so that what waits here keeps nobody else's threads; with a width of one its tasks run one after another. From any thread.
 *
 * <p>A thread that takes short tasks one after another is cheaper than a thread for each, so one is added only when nothing was taken for a millisecond. {@link #relieve} must be
 * called again and again while tasks wait.
 */
final class Lane implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long PATIENCE_NANOS = 1_000_000;
    private final Executor pool;
    private final int width;
    private final int most;
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final Runnable waits;
    private volatile long takenNanos;

    /**
     * @param width threads at a time
     * @param most  tasks that can wait
     * @param waits called when a task waits that may need relief
     */
    Lane(Executor pool, int width, int most, Runnable waits) {
        this.pool = pool;
        this.width = width;
        this.most = most;
        this.waits = waits;
    }

    @Override
    public void execute(Runnable task) {
        if (queued.incrementAndGet() > most) {
            queued.decrementAndGet();
            throw new RejectedExecutionException("more than " + most + " tasks wait");
        }
        waiting.add(task);
        if (running.get() == 0 || stands()) {
            add(1);
        } else {
            waits.run();
        }
    }

    /** Adds threads where those that run have taken nothing for a while: as many again, so that a hundred that block are soon outnumbered. @return whether tasks wait */
    boolean relieve() {
        if (waiting.isEmpty()) {
            return false;
        }
        if (stands()) {
            add(Math.max(1, Math.min(queued.get(), running.get())));
        }
        return true;
    }

    private boolean stands() {
        return System.nanoTime() - takenNanos > PATIENCE_NANOS;
    }

    private void add(int threads) {
        for (int i = 0; i < threads && enter(); i++) {
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
                takenNanos = System.nanoTime();
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
