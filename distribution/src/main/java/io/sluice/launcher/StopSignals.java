package io.sluice.launcher;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM ask first whether the server may stop: whoever offers a {@link Predicate} with the service property {@code sluice.stop=question} is asked. A second signal soon
 * after a no stops it all the same, so that nobody has to resort to SIGKILL.
 */
final class StopSignals {
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String QUESTION = "(sluice.stop=question)";

    private final BundleContext context;
    private long refusedNanos = System.nanoTime() - AGAIN_NANOS;

    private StopSignals(BundleContext context) {
        this.context = context;
    }

    static void handle(BundleContext context) {
        StopSignals signals = new StopSignals(context);
        for (String name : List.of("INT", "TERM")) {
            try {
                Signal.handle(new Signal(name), signal -> signals.came("SIG" + signal.getName()));
            } catch (IllegalArgumentException e) {
                // the JVM was told to leave this signal alone: then it ends the process as it would any other
            }
        }
    }

    /** On a thread of the JVM's for this signal. */
    private synchronized void came(String signal) {
        if (System.nanoTime() - refusedNanos < AGAIN_NANOS || mayStop(signal)) {
            System.exit(Main.OK); // the shutdown hook does the rest
        }
        refusedNanos = System.nanoTime();
        System.err.println("sluice: a trigger does not let the server stop after " + signal + "; the same signal again within " + TimeUnit.NANOSECONDS.toSeconds(AGAIN_NANOS)
            + " s stops it all the same");
    }

    private boolean mayStop(String signal) {
        try {
            for (ServiceReference<?> reference : context.getServiceReferences(Predicate.class, QUESTION)) {
                @SuppressWarnings("unchecked")
                Predicate<String> question = (Predicate<String>) context.getService(reference);
                if (question != null && !question.test(signal)) {
                    return false;
                }
            }
            return true;
        } catch (InvalidSyntaxException | RuntimeException e) {
            return true; // who cannot be asked does not hold it
        }
    }
}
