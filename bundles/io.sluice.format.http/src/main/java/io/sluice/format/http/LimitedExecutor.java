package io.sluice.format.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Looks names up on few of the workers at a time: name servers that do not answer must not take all of them. Any thread. */
final class LimitedExecutor {
    private static final int MAX_RUNNING = 8;

    private record Task(Executor workers, Runnable action) {
    }

    private final Queue<Task> waiting = new ArrayDeque<>();
    private int running;

    /** Tasks given to it wait until few enough of all that were given to this run. */
    Executor over(Executor workers) {
        return action -> submit(new Task(workers, action));
    }

    private void submit(Task task) {
        synchronized (this) {
            if (running == MAX_RUNNING) {
                waiting.add(task);
                return;
            }
            running++;
        }
        try {
            begin(task);
        } catch (RejectedExecutionException e) {
            next();
            throw e;
        }
    }

    private void begin(Task task) {
        task.workers.execute(() -> {
            try {
                task.action.run();
            } finally {
                next();
            }
        });
    }

    private synchronized Task poll() {
        Task task = waiting.poll();
        running -= task == null ? 1 : 0;
        return task;
    }

    private void next() {
        for (Task task = poll(); task != null; task = poll()) {
            try {
                begin(task);
                return;
            } catch (RejectedExecutionException e) {
                // its workers are gone, and so is whoever waits for it; its request ends at its time-out
            }
        }
    }
}
