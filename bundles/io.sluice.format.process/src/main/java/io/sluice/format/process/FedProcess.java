package io.sluice.format.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that is fed on its standard input for as long as it runs. One thread watches it: looks at what it prints and whether it has ended, every few milliseconds while it prints and five times a second
 * while it does not.
 */
public final class FedProcess {
    private static final int MAX_LOOK_MILLIS = 200;
    private static final int CUT_OFF = -1;

    private final Process process;
    private final MarkedProcesses marked;
    private final String mark;
    private final OutputStream input;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private volatile boolean killing;

    private FedProcess(Process process, MarkedProcesses marked, String mark) {
        this.process = process;
        this.marked = marked;
        this.mark = mark;
        input = process.getOutputStream();
    }

    /**
     * Starts a command; takes some milliseconds.
     *
     * @param command     the program, looked up in PATH if it holds no slash, and its arguments; no shell reads them
     * @param environment added to the server's own, of which names that begin with "SLUICE_" are left out
     * @param directory   to work in
     * @param lines       told what it prints on either output, on the watching thread: whole lines, of many at once the last ten
     * @param watcher     gives a thread for as long as the process runs
     * @throws IOException with a sentence: it cannot be started
     */
    public static FedProcess start(List<String> command, Map<String, String> environment, Path directory, Consumer<String> lines, Executor watcher) throws IOException {
        MarkedProcesses marked = new MarkedProcesses("SLUICE_RUN", UUID.randomUUID().toString());
        String mark = marked.begin();
        try {
            FedProcess fed = new FedProcess(ProcessStart.of(command, environment, directory, marked, mark).redirectErrorStream(true).start(), marked, mark);
            watcher.execute(() -> fed.watch(lines));
            return fed;
        } catch (IOException e) {
            throw new IOException("'" + command.get(0) + "' cannot be run: " + e.getMessage(), e);
        }
    }

    /** Feeds it; blocks until the process, or the system on its behalf (64 KiB), has taken it. One thread with {@link #finish}. @throws IOException it reads no more */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        input.write(bytes, offset, length);
        input.flush();
    }

    /** Its input ends here. */
    public void finish() {
        try {
            input.close();
        } catch (IOException e) {
            // it reads no more: its exit says what matters
        }
    }

    /**
     * Completes on the watching thread, when it and what it started are gone: the exit code, 128 and the signal's number when one ended it; -1 when even SIGKILL does not end it.
     */
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    /** Ends it with all that it started: SIGTERM, SIGKILL half a second later. Returns at once; {@link #exit} tells. From any thread. */
    public void kill() {
        killing = true;
    }

    private void watch(Consumer<String> told) {
        ProcessGroup group = new ProcessGroup(process, marked, mark);
        ProcessLines lines = new ProcessLines(process.getInputStream(), told);
        try {
            for (int look = 1; !killing && !process.waitFor(look, TimeUnit.MILLISECONDS);) {
                look = lines.drain() ? 1 : Math.min(MAX_LOOK_MILLIS, 2 * look);
            }
            if (process.isAlive()) {
                group.end();
            }
            lines.drain();
        } catch (IOException e) {
            // its outputs are gone: so is what it would say
        } catch (InterruptedException e) {
            Thread.interrupted(); // it still has to be killed
        } finally {
            lines.finish();
            tidy(group);
        }
    }

    private void tidy(ProcessGroup group) {
        try {
            group.kill(); // what it left behind, too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exit.complete(process.isAlive() ? CUT_OFF : process.exitValue());
        }
    }
}
