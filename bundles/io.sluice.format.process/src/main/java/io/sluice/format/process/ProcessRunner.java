package io.sluice.format.process;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs commands, so many at once; the others wait in the order they came. Each that runs holds one thread of the workers it was given. All methods from any thread.
 */
public final class ProcessRunner implements AutoCloseable {
    private final int maxRunning;
    private final int maxWaiting;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Set<RunningProcess> running = new HashSet<>();
    private final MarkedProcesses marked = new MarkedProcesses("SLUICE_RUN", UUID.randomUUID().toString());
    private volatile boolean closed;

    /**
     * @param maxRunning at once
     * @param maxWaiting beyond them; a call that finds no place fails
     */
    public ProcessRunner(int maxRunning, int maxWaiting) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Runs a command.
     *
     * @param workers that may be blocked for as long as the call's time-out
     * @return its result, whatever its exit code; exceptionally an IOException with a sentence: it cannot be started, or took too long. Cancelling it ends the process like a time-out
     */
    public CompletableFuture<ProcessResult> run(ProcessCall call, Executor workers) {
        RunningProcess process = new RunningProcess(call, workers, marked);
        submit(() -> start(process, workers), process);
        return process.result();
    }

    private void submit(Runnable start, RunningProcess process) {
        synchronized (this) {
            if (closed || running.size() >= maxRunning && waiting.size() >= maxWaiting) {
                process.result().completeExceptionally(new IOException(closed ? "commands are no longer run" : maxRunning + " commands run and " + maxWaiting + " wait already"));
                return;
            }
            if (running.size() >= maxRunning) {
                waiting.add(() -> submit(start, process));
                return;
            }
            running.add(process);
        }
        start.run();
    }

    private void start(RunningProcess process, Executor workers) {
        try {
            workers.execute(() -> {
                try {
                    process.run();
                } finally {
                    ended(process);
                }
            });
        } catch (RejectedExecutionException e) {
            process.result().completeExceptionally(new IOException("no thread is free to run a command"));
            ended(process);
        }
    }

    private void ended(RunningProcess process) {
        Runnable next;
        synchronized (this) {
            running.remove(process);
            next = waiting.poll();
        }
        marked.sweep(closed);
        if (next != null) {
            next.run();
        }
    }

    /** Ends all that run, and what they left behind; those that wait fail. Does not wait for the end. */
    @Override
    public void close() {
        Queue<Runnable> left;
        Set<RunningProcess> ending;
        synchronized (this) {
            closed = true;
            left = new ArrayDeque<>(waiting);
            waiting.clear();
            ending = Set.copyOf(running);
        }
        ending.forEach(p -> p.result().cancel(false));
        left.forEach(Runnable::run);
    }
}
