package io.sluice.testkit.fuzz;

import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Feeds a parser with mutations of good inputs. It may refuse with its own exception and nothing else, and what it allocates is bounded by what it was given.
 * The same seed in every run; with -Dsluice.long ten minutes with a seed of the day's own, which is printed.
 */
public final class Fuzz {
    /** About a second for a fast parser: part of every test run. */
    private static final int RUNS = 20_000;
    private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** Classes that are loaded, strings of exceptions, stack traces: not the input's doing. */
    private static final long BASE_BYTES = 64 << 10;
    private static final int SHOWN_BYTES = 2000;

    private final String name;
    private final Class<? extends Exception> refusal;
    private final int bytesPerByte;

    /** What reads the input. */
    @FunctionalInterface
    public interface Target {
        void read(byte[] input) throws Exception;
    }

    /**
     * @param refusal      what the parser throws when the input is not what it should be
     * @param bytesPerByte that it may allocate on the heap for each byte of the input, beside a base for exceptions
     */
    public Fuzz(String name, Class<? extends Exception> refusal, int bytesPerByte) {
        this.name = name;
        this.refusal = refusal;
        this.bytesPerByte = bytesPerByte;
    }

    /** @param seeds good inputs, and inputs that once went wrong; each is tried as it is first */
    public void run(List<byte[]> seeds, Target target) {
        boolean forLong = Boolean.getBoolean("sluice.long");
        long seed = forLong ? System.nanoTime() : 1;
        Mutation mutation = new Mutation(new Random(seed), seeds);
        try {
            seeds.forEach(s -> once(s, target));
            long end = System.nanoTime() + LONG_NANOS;
            long runs = 0;
            while (forLong ? System.nanoTime() < end : runs < RUNS) {
                once(mutation.next(), target);
                runs++;
            }
            System.out.println(name + ": " + runs + " inputs, seed " + seed);
        } catch (AssertionError e) {
            throw new AssertionError(name + ", seed " + seed + ": " + e.getMessage(), e);
        }
    }

    /** What costs too much is tried again: the first time, classes may have been loaded. */
    private void once(byte[] input, Target target) {
        if (beyond(input, target) > (long) bytesPerByte * input.length) {
            long bytes = beyond(input, target);
            if (bytes > (long) bytesPerByte * input.length) {
                throw new AssertionError(bytes + " bytes allocated beyond the base for " + input.length + " bytes of input, wanted " + bytesPerByte + " each: " + shown(input));
            }
        }
    }

    /** Reads it once. @return bytes allocated beyond the base */
    private long beyond(byte[] input, Target target) {
        long before = allocated();
        try {
            target.read(input.clone());
        } catch (Throwable e) {
            if (!refusal.isInstance(e) || e.getMessage() == null || e.getMessage().isEmpty()) {
                throw new AssertionError("wanted " + refusal.getSimpleName() + " or nothing, found " + e + " for " + shown(input), e);
            }
        }
        return allocated() - before - BASE_BYTES;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static String shown(byte[] input) {
        return HexFormat.of().formatHex(input, 0, Math.min(input.length, SHOWN_BYTES)) + (input.length > SHOWN_BYTES ? "... (" + input.length + " bytes)" : "");
    }
}
