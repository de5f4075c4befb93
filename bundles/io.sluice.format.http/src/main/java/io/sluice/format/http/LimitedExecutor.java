package io.sluice.format.http;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks names up on few of the workers at a time: name servers that do not answer must not take all of them. A place is taken on the worker, not before, so a pool that is closed
 * and drops its tasks keeps none. Any thread.
 */
final class LimitedExecutor {
    private static final int MAX_RUNNING = 8;

    private record Task(Executor workers, Runnable action) {
    }

    private final Queue<Task> waiting = new ArrayDeque<>();
    private int running;

    /** Tasks given to it wait until few enough of all that were given to this run. */
    Executor over(Executor workers) {
        return action -> hand(new Task(workers, action));
    }

    private void hand(Task task) {
        task.workers.execute(() -> work(task));
    }

    private void work(Task first) {
        if (enter(first)) {
            for (Task task = first; task != null; task = next()) {
                task.action.run();
            }
        }
    }

    private synchronized boolean enter(Task task) {
        boolean room = running < MAX_RUNNING;
        if (room) {
            running++;
        } else {
            waiting.add(task);
        }
        return room;
    }

    /** The next on the same thread; when that is about to end, those that wait go to their own. */
    private Task next() {
        List<Task> others;
        synchronized (this) {
            Task next = Thread.currentThread().isInterrupted() ? null : waiting.poll();
            if (next != null) {
                return next;
            }
            running--;
            others = List.copyOf(waiting);
            waiting.clear();
        }
        for (Task other : others) {
            try {
                hand(other);
            } catch (RejectedExecutionException e) {
                // its workers are gone, and so is whoever waits for it; its request ends at its time-out
            }
        }
        return null;
    }
}
