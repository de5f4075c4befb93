package io.sluice.target.file.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Copies of whole files, one after another, since all are of the same disks: on a thread of its own, which is there only while there is something to do. The server's workers have
 * others to serve, and a push's own threads write what comes meanwhile. Any thread.
 */
final class Polisher implements Executor, AutoCloseable {
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
        Thread thread = new Thread(task, "sluice-recordings");
        thread.setDaemon(true);
        return thread;
    }, (task, pool) -> interrupted(task));

    Polisher() {
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** What is being copied is given up, and so is what waits: files stay as they were written. */
    @Override
    public void close() {
        pool.shutdownNow().forEach(Polisher::interrupted);
    }

    /** Runs it without its copy, which ends at once in a thread that is interrupted; what it tells is told. */
    private static void interrupted(Runnable task) {
        boolean before = Thread.interrupted();
        Thread.currentThread().interrupt();
        task.run();
        Thread.interrupted();
        if (before) {
            Thread.currentThread().interrupt();
        }
    }
}
