package io.sluice.triggers.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The calls of one target, in order: only so many are open at once, the rest waits in line, and what finds the line full is refused. So a target that hangs costs only those who
 * asked it. Handlers are called on a worker, one worker for each lane at a time.
 */
final class Lane {
    private final Handlers handlers;
    private final Executor workers;
    private final Queue<Call> waiting = new ArrayDeque<>();
    private int open;
    private boolean draining;

    Lane(Handlers handlers, Executor workers) {
        this.handlers = handlers;
        this.workers = workers;
    }

    /** From any thread; returns at once. */
    void add(Call call, Settings limits) {
        boolean full;
        synchronized (waiting) {
            while (!waiting.isEmpty() && waiting.peek().ended()) {
                waiting.remove();
            }
            full = waiting.size() >= limits.queue() || !waiting.add(call);
        }
        if (full) {
            call.refuse(limits.queue() + " calls wait for it already");
        }
        drain(limits);
    }

    private void drain(Settings limits) {
        synchronized (waiting) {
            if (draining || waiting.isEmpty() || open >= limits.open()) {
                return;
            }
            draining = true;
        }
        try {
            workers.execute(() -> runAll(limits));
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                draining = false;
            }
            refuseAll();
        }
    }

    private void runAll(Settings limits) {
        for (Call call = next(limits); call != null; call = next(limits)) {
            call.run(handlers, this::here, () -> free(limits));
        }
    }

    private Call next(Settings limits) {
        synchronized (waiting) {
            while (open < limits.open()) {
                Call call = waiting.poll();
                if (call == null) {
                    break;
                }
                if (!call.ended()) {
                    open++;
                    return call;
                }
            }
            draining = false;
            return null;
        }
    }

    private void free(Settings limits) {
        synchronized (waiting) {
            open--;
        }
        drain(limits);
    }

    /** A worker, or this thread where none is free: an answer must not get lost. */
    private void here(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private void refuseAll() {
        Call[] all;
        synchronized (waiting) {
            all = waiting.toArray(Call[]::new);
            waiting.clear();
        }
        for (Call call : all) {
            call.refuse("the server has no worker free");
        }
    }

    int open() {
        synchronized (waiting) {
            return open;
        }
    }

    int waiting() {
        synchronized (waiting) {
            return (int) waiting.stream().filter(c -> !c.ended()).count();
        }
    }
}
