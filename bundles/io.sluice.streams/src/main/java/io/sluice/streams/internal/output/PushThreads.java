package io.sluice.streams.internal.output;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for what blocks in pushes: one more when all wait for something, such as disks that hang; fewer when they have nothing to do. From any thread. */
final class PushThreads implements Executor, AutoCloseable {
    static final int MOST = 512;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;

    /** Gives a task to a thread that is idle; says that it is full otherwise, so that the pool makes a thread. */
    private static final class Handover extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }

    PushThreads() {
        this(MOST);
    }

    PushThreads(int most) {
        AtomicInteger count = new AtomicInteger();
        pool = new ThreadPoolExecutor(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new Handover(), task -> {
            Thread t = new Thread(task, "sluice-push-" + count.incrementAndGet());
            t.setDaemon(true);
            return t;
        }, PushThreads::enqueue);
    }

    /** Each has a thread: this one waits for the first that is done. */
    private static void enqueue(Runnable task, ThreadPoolExecutor pool) {
        if (pool.isShutdown()) {
            throw new RejectedExecutionException("the server is stopping");
        }
        pool.getQueue().add(task);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** All threads there may be are busy. */
    boolean isFull() {
        return pool.getActiveCount() >= pool.getMaximumPoolSize();
    }

    /** What hangs is interrupted. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
