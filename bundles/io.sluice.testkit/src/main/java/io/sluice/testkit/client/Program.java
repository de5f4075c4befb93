package io.sluice.testkit.client;

import io.sluice.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program that runs, with what it prints. Both outputs are read all the time, so it never stalls; standard input is empty. */
public final class Program implements AutoCloseable {
    private final String name;
    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<Thread> readers;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
        this.readers = List.of(reader(process.getInputStream(), out), reader(process.getErrorStream(), errors));
    }

    public static Program start(List<String> command) throws IOException {
        return start(command, Map.of());
    }

    public static Program start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        return new Program(command.get(0), builder.start());
    }

    /** Whether a program of this name is in the PATH. */
    public static boolean present(String name) {
        return Pattern.compile(":").splitAsStream(System.getenv().getOrDefault("PATH", "")).anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static Thread reader(InputStream in, List<String> lines) {
        Thread thread = new Thread(() -> read(in, lines), "testkit-program");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(InputStream in, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("(reading ended: " + e.getMessage() + ")");
            }
        }
    }

    /** Lines of standard output so far. */
    public List<String> out() {
        synchronized (out) {
            return List.copyOf(out);
        }
    }

    /** Lines of standard error so far. */
    public List<String> errors() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }

    public boolean running() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for its end and for the rest of its output; the exit code. @throws AssertionError when it takes longer */
    public int await(Duration atMost) {
        Await.until(() -> name + " ends; it says " + tail(), atMost, () -> !process.isAlive());
        try {
            for (Thread reader : readers) {
                reader.join(2_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    /** Waits for its end, wants exit code 0 and answers standard output. */
    public String output(Duration atMost) {
        int code = await(atMost);
        if (code != 0) {
            throw new AssertionError(name + " ended with exit code " + code + ": " + tail());
        }
        return String.join("\n", out());
    }

    private List<String> tail() {
        List<String> all = errors();
        return all.subList(Math.max(0, all.size() - 10), all.size());
    }

    /** Asks it to end (SIGINT, after which ffmpeg and gst-launch finish their output), then waits; the exit code. */
    public int interrupt(Duration atMost) throws IOException {
        if (process.isAlive()) {
            start(List.of("kill", "-INT", Long.toString(process.pid()))).await(Duration.ofSeconds(5));
        }
        return await(atMost);
    }

    /** Ends it and its children, at once. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new UncheckedIOException(new IOException(name + " does not die"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
