package io.sluice.streams.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after another on a pool's threads, in the order in which they were given. From any thread. */
public final class InTurn implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(InTurn.class);

    private final Executor pool;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    public InTurn(Executor pool) {
        this.pool = pool;
    }

    /** @throws RejectedExecutionException when the pool takes nothing more */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            pool.execute(this::run);
        } catch (RejectedExecutionException e) {
            synchronized (this) {
                running = false;
                waiting.clear();
            }
            throw e;
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("a task failed; those after it are run", e);
            }
        }
    }

    private synchronized Runnable next() {
        Runnable task = waiting.poll();
        running = task != null;
        return task;
    }
}
