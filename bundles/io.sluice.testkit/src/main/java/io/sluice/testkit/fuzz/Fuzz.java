package io.sluice.testkit.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Feeds a parser with good inputs, with those that once went wrong or reached new code (the corpus: the files in the folder {@code fuzz/NAME} of the test's resources), and with
 * mutations of all of them. It may refuse with its own exception and nothing else, and what it allocates is bounded by what it was given. The same seed in every run. With
 * -Dsluice.long Jazzer goes on from there, guided by coverage, for ten minutes or -Dsluice.fuzz.seconds.
 *
 * <p>A test class keeps one of these in a static field and has {@code public static void fuzzerTestOneInput(byte[] input)}, which calls {@link #once}: Jazzer's entry.
 */
public final class Fuzz {
    /** About a second for a fast parser: part of every test run. */
    private static final int RUNS = 20_000;
    private static final long LONG_SECONDS = 600;
    /** A number by which costs may be higher: Jazzer's instrumentation allocates too. What it found is judged without it afterwards. */
    static final String SLACK = "sluice.fuzz.slack";
    /** Classes that are loaded, strings of exceptions, stack traces: not the input's doing. */
    private static final long BASE_BYTES = 64 << 10;
    private static final int SHOWN_BYTES = 2000;

    private final String name;
    private final Class<? extends Exception> refusal;
    private final int bytesPerByte;
    private final Target target;
    private final int slack = Integer.getInteger(SLACK, 1);

    /** What reads the input. */
    @FunctionalInterface
    public interface Target {
        void read(byte[] input) throws Exception;
    }

    /**
     * @param refusal      what the parser throws when the input is not what it should be
     * @param bytesPerByte that it may allocate on the heap for each byte of the input, beside a base for exceptions
     */
    public Fuzz(String name, Class<? extends Exception> refusal, int bytesPerByte, Target target) {
        this.name = name;
        this.refusal = refusal;
        this.bytesPerByte = bytesPerByte;
        this.target = target;
    }

    /**
     * @param test  whose resources have the corpus, and which has Jazzer's entry
     * @param seeds good inputs, each tried as it is first
     */
    public void run(Class<?> test, List<byte[]> seeds) throws IOException {
        List<byte[]> all = new ArrayList<>(seeds);
        all.addAll(corpus(test));
        mutate(all);
        if (Boolean.getBoolean("sluice.long")) {
            Path folder = Path.of("target", "fuzz", test.getSimpleName());
            Jazzer jazzer = new Jazzer(test, folder.toAbsolutePath());
            System.out.println(name + ": " + jazzer.run(all, Long.getLong("sluice.fuzz.seconds", LONG_SECONDS)));
            jazzer.found().forEach(this::once);
        }
    }

    void mutate(List<byte[]> seeds) {
        Mutation mutation = new Mutation(new Random(1), seeds);
        try {
            seeds.forEach(this::once);
            for (int i = 0; i < RUNS; i++) {
                once(mutation.next());
            }
            System.out.println(name + ": " + seeds.size() + " inputs and " + RUNS + " mutations of them");
        } catch (AssertionError e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    private static List<byte[]> corpus(Class<?> test) throws IOException {
        URL folder = test.getResource("/fuzz/" + test.getSimpleName());
        List<byte[]> corpus = new ArrayList<>();
        if (folder != null) {
            try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
                for (Path file : files.sorted().toList()) {
                    corpus.add(Files.readAllBytes(file));
                }
            }
        }
        return corpus;
    }

    /** One input. What costs too much is tried again: the first time, classes may have been loaded. */
    public void once(byte[] input) {
        long most = (long) bytesPerByte * input.length * slack;
        if (beyond(input) > most) {
            long bytes = beyond(input);
            if (bytes > most) {
                throw new AssertionError(bytes + " bytes allocated beyond the base for " + input.length + " bytes of input, wanted " + bytesPerByte + " each: " + shown(input));
            }
        }
    }

    /** Reads it once. @return bytes allocated beyond the base */
    private long beyond(byte[] input) {
        long before = allocated();
        try {
            target.read(input.clone());
        } catch (Throwable e) {
            if (!refusal.isInstance(e) || e.getMessage() == null || e.getMessage().isEmpty()) {
                throw new AssertionError("wanted " + refusal.getSimpleName() + " or nothing, found " + e + " for " + shown(input), e);
            }
        }
        return allocated() - before - BASE_BYTES * slack;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static String shown(byte[] input) {
        return HexFormat.of().formatHex(input, 0, Math.min(input.length, SHOWN_BYTES)) + (input.length > SHOWN_BYTES ? "... (" + input.length + " bytes)" : "");
    }
}
