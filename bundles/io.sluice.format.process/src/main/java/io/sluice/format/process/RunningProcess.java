package io.sluice.format.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One process from its start to its end, on one worker thread: looks every few milliseconds at both of its outputs, at the clock and at whether anybody still wants the result.
 * That costs some system calls a look, and no thread for each output.
 */
final class RunningProcess {
    private static final int MAX_LOOK_MILLIS = 20;
    /** What is kept of standard error: enough for its first line. The rest is read and dropped, so that nobody is stuck on a full pipe. */
    private static final int ERROR_BYTES = 800;
    private static final int ERROR_CHARS = 200;
    /** A new pipe takes a page without blocking who writes into it (pipe(7)). */
    private static final int PIPE_BYTES = 4096;

    private final ProcessCall call;
    private final Executor workers;
    private final MarkedProcesses marked;
    private final long deadlineNanos;
    private final CompletableFuture<ProcessResult> result = new CompletableFuture<>();

    RunningProcess(ProcessCall call, Executor workers, MarkedProcesses marked) {
        this.call = call;
        this.workers = workers;
        this.marked = marked;
        deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(call.timeoutMillis());
    }

    CompletableFuture<ProcessResult> result() {
        return result;
    }

    private boolean late() {
        return System.nanoTime() - deadlineNanos >= 0;
    }

    /** Blocks until the process is gone. */
    void run() {
        if (result.isDone()) {
            return;
        }
        if (late()) {
            fail("it did not get its turn within " + call.timeoutMillis() + " ms, so many commands run");
            return;
        }
        String mark = marked.begin();
        try {
            watch(start(mark), mark);
        } catch (IOException e) {
            fail("'" + call.command().get(0) + "' cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("the server is about to stop");
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        } finally {
            marked.end(mark);
        }
    }

    Executor workers() {
        return workers;
    }

    void fail(String why) {
        result.completeExceptionally(new IOException(why));
    }

    private Process start(String mark) throws IOException {
        ProcessBuilder builder = ProcessStart.of(call.command(), call.environment(), call.directory(), marked, mark);
        if (call.input().length == 0) {
            builder.redirectInput(new File("/dev/null"));
        }
        return builder.start();
    }

    private void watch(Process process, String mark) throws IOException, InterruptedException {
        ProcessGroup group = new ProcessGroup(process, marked, mark);
        boolean ended = false;
        try {
            ended = look(process, group);
        } finally {
            if (!ended) { // interrupted, or its pipes broke
                boolean interrupted = Thread.interrupted();
                group.kill();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** @return true when it is gone */
    private boolean look(Process process, ProcessGroup group) throws IOException, InterruptedException {
        ProcessOutput output = new ProcessOutput(process.getInputStream(), call.maxBytes());
        ProcessOutput errors = new ProcessOutput(process.getErrorStream(), ERROR_BYTES);
        feed(process);
        boolean ended = false;
        for (int look = 1; !ended;) {
            ended = process.waitFor(look, TimeUnit.MILLISECONDS);
            look = output.drain() | errors.drain() ? 1 : Math.min(MAX_LOOK_MILLIS, 2 * look);
            if (output.more()) {
                result.complete(new ProcessResult(0, output.text(), true, first(errors.text())));
                group.kill();
                return true;
            }
            if (!ended && (result.isDone() || late())) {
                fail("it did not end within " + call.timeoutMillis() + " ms and was killed");
                group.end();
                return true;
            }
        }
        result.complete(new ProcessResult(process.exitValue(), output.text(), false, first(errors.text())));
        return true;
    }

    private void feed(Process process) {
        if (call.input().length <= PIPE_BYTES) {
            write(process);
        } else {
            workers.execute(() -> write(process));
        }
    }

    private void write(Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(call.input());
        } catch (IOException e) {
            // it does not want its input, or ended already; its exit code says what matters
        }
    }

    private static String first(String errors) {
        String line = errors.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
        return line.length() <= ERROR_CHARS ? line : line.substring(0, ERROR_CHARS) + "\u2026";
    }
}
