package io.sluice.pushes.internal.time;

import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's thread. It is its own: conditions of foreign bundles run on it, and these are not to come near an event loop. */
public final class EngineThread implements Ticker, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineThread.class);
    private final ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "sluice-pushes");
        thread.setDaemon(true);
        return thread;
    });

    public EngineThread() {
        pool.setRemoveOnCancelPolicy(true);
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant wall() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, 0);
    }

    @Override
    public Runnable schedule(Runnable task, long nanos) {
        try {
            ScheduledFuture<?> future = pool.schedule(() -> guarded(task), nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("the engine of pushes has ended; a task is dropped");
            return () -> {
            };
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a task of the pushes failed; the others go on", e);
        }
    }

    /** What was put before still runs; nothing comes after. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
