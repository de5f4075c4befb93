package io.sluice.format.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process with all that it started. It runs in a session of its own (setsid(1) becomes the program, same process id), so one signal reaches it, its children and theirs at
 * once, however fast they fork. What left the session is found by its mark.
 */
final class ProcessGroup {
    /** Empty where there is no setsid: then only what is marked is found. */
    static final List<String> PREFIX = Stream.of("/usr/bin/setsid", "/bin/setsid").filter(p -> Files.isExecutable(Path.of(p))).limit(1).toList();

    /** Between SIGTERM and SIGKILL: enough to remove a temporary file. */
    private static final int GRACE_MILLIS = 500;
    private static final int SIGNAL_MILLIS = 1000;
    private static final int ROUNDS = 50;
    private static final int ROUND_MILLIS = 20;

    private final Process process;
    private final MarkedProcesses marked;
    private final String mark;

    ProcessGroup(Process process, MarkedProcesses marked, String mark) {
        this.process = process;
        this.marked = marked;
        this.mark = mark;
    }

    /** SIGTERM, and SIGKILL for what is still there half a second later. Blocks as long. */
    void end() throws InterruptedException {
        signal("TERM");
        process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        kill();
    }

    /** SIGKILL until nothing is left, for at most some seconds: a process inside a broken device cannot be killed by anybody. */
    void kill() throws InterruptedException {
        List<ProcessHandle> left = marked.find(mark);
        for (int round = 0; round < ROUNDS && (process.isAlive() || !left.isEmpty()); round++) {
            signal("KILL");
            process.destroyForcibly();
            left.forEach(ProcessHandle::destroyForcibly);
            TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
            left = marked.find(mark);
        }
    }

    /** Java signals single processes only; a shell's built-in knows groups. Where it cannot start (too many processes), the others are killed one by one. */
    private void signal(String name) throws InterruptedException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " -" + process.pid()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor(SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            process.destroy();
        }
    }
}
