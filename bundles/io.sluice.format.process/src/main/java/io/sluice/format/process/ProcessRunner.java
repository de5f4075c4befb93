package io.sluice.format.process;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
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
    private int maxRunning;
    private final int maxWaiting;
    private final Queue<RunningProcess> waiting = new ArrayDeque<>();
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

    /** So many at once from here on; what runs beyond it goes on. */
    public void maxRunning(int number) {
        List<RunningProcess> others;
        synchronized (this) {
            maxRunning = number;
            others = List.copyOf(waiting);
            waiting.clear();
        }
        others.forEach(this::hand);
    }

    /**
     * Runs a command.
     *
     * @param workers that may be blocked for as long as the call's time-out
     * @return its result, whatever its exit code; exceptionally an IOException with a sentence: it cannot be started, or took too long. Cancelling it ends the process like a time-out
     */
    public CompletableFuture<ProcessResult> run(ProcessCall call, Executor workers) {
        RunningProcess process = new RunningProcess(call, workers, marked);
        hand(process);
        return process.result();
    }

    /** A place is taken on the worker, not before: a worker that never comes, because its pool was closed, must not keep one. */
    private void hand(RunningProcess process) {
        try {
            process.workers().execute(() -> work(process));
        } catch (RejectedExecutionException e) {
            process.fail("no thread is free to run a command");
        }
    }

    private void work(RunningProcess first) {
        if (!enter(first)) {
            return;
        }
        for (RunningProcess process = first; process != null; process = next(process)) {
            process.run();
            marked.sweep(closed);
        }
    }

    private synchronized boolean enter(RunningProcess process) {
        boolean room = !closed && running.size() < maxRunning;
        if (room) {
            running.add(process);
        } else if (!closed && waiting.size() < maxWaiting) {
            waiting.add(process);
        } else {
            process.fail(closed ? "commands are no longer run" : maxRunning + " commands run and " + maxWaiting + " wait already");
        }
        return room;
    }

    /** The next on the same thread; when that is about to end, those that wait go to their own. */
    private RunningProcess next(RunningProcess ended) {
        List<RunningProcess> others;
        synchronized (this) {
            running.remove(ended);
            if (!Thread.currentThread().isInterrupted()) {
                RunningProcess next = running.size() < maxRunning ? waiting.poll() : null;
                if (next != null) {
                    running.add(next);
                }
                return next;
            }
            others = List.copyOf(waiting);
            waiting.clear();
        }
        others.forEach(this::hand);
        return null;
    }

    /** Ends all that run, and what they left behind; those that wait fail. Does not wait for the end; looks at all processes of the system, which takes some milliseconds. */
    @Override
    public void close() {
        List<RunningProcess> left;
        List<RunningProcess> ending;
        synchronized (this) {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
            ending = List.copyOf(running);
        }
        ending.forEach(p -> p.result().cancel(false));
        left.forEach(p -> p.fail("commands are no longer run"));
        marked.sweep(true); // what ended processes left behind; those that still run are swept up after by their threads
    }
}
