package io.sluice.sessions.internal.key;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives up answers that are not there in time. All have the same time, so they are due in the order in which they came: one timer is enough for all, and an answer in time
 * costs a place in a queue. From any thread.
 */
final class Deadline {
    private final long waitNanos;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean armed = new AtomicBoolean();

    private record Waiting(CompletableFuture<?> answer, long dueNanos) {
        boolean isOver(long nowNanos) {
            return answer.isDone() || nowNanos - dueNanos >= 0;
        }
    }

    Deadline(long millis) {
        waitNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** @return the answer, which is completed with a {@link TimeoutException} when it is late */
    <T> CompletableFuture<T> of(CompletableFuture<T> answer) {
        waiting.add(new Waiting(answer, System.nanoTime() + waitNanos));
        for (Waiting first = waiting.peek(); first != null && first.answer.isDone(); first = waiting.peek()) {
            waiting.remove(first);
        }
        arm();
        return answer;
    }

    private void arm() {
        Waiting first = waiting.peek();
        if (first != null && !armed.get() && armed.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(Math.max(0, first.dueNanos - System.nanoTime()), TimeUnit.NANOSECONDS, Runnable::run).execute(this::look);
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (Waiting first = waiting.peek(); first != null && first.isOver(now); first = waiting.peek()) {
            waiting.remove(first);
            first.answer.completeExceptionally(new TimeoutException());
        }
        armed.set(false);
        arm();
    }
}
