package io.sluice.format.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds processes by a variable of their environment, which whoever they start inherits: in /proc/PID/environ (proc(5)) it stands even after a process left its group and its
 * parents are gone. One that starts others with an empty environment <em>and</em> in a session of their own escapes. Any thread.
 */
final class MarkedProcesses {
    private static final Path PROC = Path.of("/proc");
    /** The kernel limits an environment to a quarter of the stack, 2 MiB; ours is set by us and far smaller. */
    private static final int MAX_ENVIRONMENT_BYTES = 1 << 20;
    /** A look at all processes takes some milliseconds. */
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String variable;
    private final String owner;
    private final Set<String> running = new HashSet<>();
    private long count;
    private long sweptNanos = System.nanoTime();

    /** @param owner unique, so that a second server's processes are left alone */
    MarkedProcesses(String variable, String owner) {
        this.variable = variable;
        this.owner = owner;
    }

    String variable() {
        return variable;
    }

    /** @return the variable's value for a process that is about to start */
    synchronized String begin() {
        String mark = owner + ":" + ++count;
        running.add(mark);
        return mark;
    }

    synchronized void end(String mark) {
        running.remove(mark);
    }

    /** Those that live and bear this mark. */
    List<ProcessHandle> find(String mark) {
        return scan(variable + "=" + mark + "\0").stream().map(Marked::process).toList();
    }

    /** Kills what processes left behind that ended by themselves. @param now or only when the last time was a while ago */
    void sweep(boolean now) {
        synchronized (this) {
            if (!now && System.nanoTime() - sweptNanos < SWEEP_NANOS) {
                return;
            }
            sweptNanos = System.nanoTime();
        }
        for (Marked left : scan(variable + "=" + owner + ":")) {
            if (!runs(left.mark)) {
                left.process.destroyForcibly();
            }
        }
    }

    private synchronized boolean runs(String mark) {
        return running.contains(mark);
    }

    private record Marked(ProcessHandle process, String mark) {
    }

    private List<Marked> scan(String wanted) {
        List<Marked> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path one : all) {
                String mark = mark(one, wanted);
                Optional<ProcessHandle> process = mark == null ? Optional.empty() : ProcessHandle.of(Long.parseLong(one.getFileName().toString()));
                process.ifPresent(p -> found.add(new Marked(p, mark)));
            }
        } catch (IOException e) {
            // no /proc: nothing can be found, and the group's signal has to do
        }
        return found;
    }

    private String mark(Path process, String wanted) {
        try (InputStream in = Files.newInputStream(process.resolve("environ"))) {
            String environment = "\0" + new String(in.readNBytes(MAX_ENVIRONMENT_BYTES), StandardCharsets.ISO_8859_1);
            int at = environment.indexOf("\0" + wanted);
            return at < 0 ? null : environment.substring(at + variable.length() + 2, environment.indexOf('\0', at + 1));
        } catch (IOException e) {
            return null; // another user's, or gone meanwhile
        }
    }
}
