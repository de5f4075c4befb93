package io.sluice.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A coverage-guided run of Jazzer's standalone driver in a process of its own, which needs no JUnit: its JUnit integration (0.30.0) is built against JUnit 5.9. The driver calls
 * {@code public static void fuzzerTestOneInput(byte[])} of a class; what that throws is a finding.
 */
final class Jazzer {
    private static final String DRIVER = "com.code_intelligence.jazzer.Jazzer";
    /** As much as the largest mutation of {@link Mutation}. */
    private static final int MOST_BYTES = 1 << 16;
    private static final int SHOWN_LINES = 40;
    /** What the instrumentation allocates, at most, for each byte that the parser does. */
    private static final int SLACK = 16;

    private final Class<?> target;
    private final Path folder;

    /** @param folder gets the inputs that reach new code, findings and the log */
    Jazzer(Class<?> target, Path folder) {
        this.target = target;
        this.folder = folder;
    }

    /** @param seeds beside what earlier runs left in the folder @return the driver's last word */
    String run(List<byte[]> seeds, long seconds) throws IOException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        Path log = folder.resolve("jazzer.log");
        Process process = new ProcessBuilder(command(corpus, seconds)).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (!process.waitFor(seconds + 120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("Jazzer found something, or did not end in time; " + folder + " has the input. It says:\n" + tail(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return Files.readAllLines(log).stream().filter(l -> l.startsWith("Done ") || l.contains(" DONE ")).reduce("", (a, b) -> a + " " + b.strip()).strip();
    }

    private List<String> command(Path corpus, long seconds) {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-D" + Fuzz.SLACK + "=" + SLACK, "-cp", classes, DRIVER, "--target_class=" + target.getName(), "--instrumentation_includes=io.sluice.**", "--instrumentation_excludes=io.sluice.testkit.**",
            "--custom_hook_includes=io.sluice.**", "-max_total_time=" + seconds, "-max_len=" + MOST_BYTES, "-rss_limit_mb=3072", corpus.toString()));
        return command;
    }

    /** Every input that reached new code, in this and in earlier runs. */
    List<byte[]> found() throws IOException {
        List<byte[]> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("corpus"))) {
            for (Path file : files.sorted().toList()) {
                found.add(Files.readAllBytes(file));
            }
        }
        return found;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }
}
