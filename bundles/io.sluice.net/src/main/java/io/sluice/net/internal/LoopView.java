package io.sluice.net.internal;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One event loop as others may use it: all of it but its end. There is one for each loop, which knows no connection.
 *
 * @param errors told of what an executed task throws
 */
record LoopView(ScheduledExecutorService loop, PluginErrors errors) implements ScheduledExecutorService {
    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("an event loop belongs to io.sluice.net and is not shut down by its users");
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return loop.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loop.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return loop.awaitTermination(timeout, unit);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> run(task));
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            errors.report("a task (" + task.getClass().getName() + ")", Thread.currentThread().getName(), e);
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return loop.schedule(task, delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return loop.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        return loop.scheduleAtFixedRate(task, delay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long pause, TimeUnit unit) {
        return loop.scheduleWithFixedDelay(task, delay, pause, unit);
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return loop.submit(task);
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return loop.submit(task, result);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return loop.submit(task);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return loop.invokeAll(tasks);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return loop.invokeAll(tasks, timeout, unit);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        return loop.invokeAny(tasks);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
        return loop.invokeAny(tasks, timeout, unit);
    }
}
