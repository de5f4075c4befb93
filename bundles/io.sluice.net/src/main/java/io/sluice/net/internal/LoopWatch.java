package io.sluice.net.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.concurrent.ThreadProperties;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds event loops that do not run, and says within a second where each of them is. Each loop gets an empty task a round; one that has not run it some rounds later stands.
 * Rounds are counted, not nanoseconds: where the whole process stood (a collection, a suspended machine), no round passed either. On a thread of its own, since what is
 * watched, and the workers too, may be what blocks.
 */
final class LoopWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
    private static final long ROUND_MILLIS = 200;
    /** The task comes up to a round after the block began, so it is named after 0.6 to 0.8 s. */
    private static final int PATIENT_ROUNDS = 3;
    /** For a thread that could run and got no processor, or waits in native code: the JVM cannot tell these apart, and a busy machine is no plugin's fault. */
    private static final int STARVED_ROUNDS = 15;
    private static final List<String> NOT_TO_BLAME = List.of("io.sluice.net.", "io.netty.", "java.", "jdk.", "sun.");

    private final List<Watched> loops;
    private final LongSupplier nanos;
    private final Log log;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread t = new Thread(task, "sluice-watch");
        t.setDaemon(true);
        return t;
    });

    LoopWatch(Collection<EventLoop> loops, LongSupplier nanos) {
        this(loops, nanos, LoopWatch::log);
    }

    LoopWatch(Collection<EventLoop> loops, LongSupplier nanos, Log log) {
        this.loops = loops.stream().map(Watched::new).toList();
        this.nanos = nanos;
        this.log = log;
    }

    private static void log(String line, Throwable where) {
        if (where == null) {
            LOG.warn(line);
        } else {
            LOG.error(line, where);
        }
    }

    /** Takes what is to be said, and where a thread is, or null. */
    interface Log {
        void say(String line, Throwable where);
    }

    void start() {
        thread.scheduleWithFixedDelay(this::round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One look at each loop. */
    void round() {
        loops.forEach(Watched::look);
    }

    /** This loop has not run for a while. Any thread. */
    boolean stands(EventExecutor loop) {
        return loops.stream().anyMatch(w -> w.loop == loop && w.stands);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** The innermost code on the stack that is a plugin's, or the innermost at all. */
    static String blamed(StackTraceElement[] stack) {
        return Arrays.stream(stack).filter(frame -> NOT_TO_BLAME.stream().noneMatch(frame.getClassName()::startsWith)).findFirst()
            .or(() -> Arrays.stream(stack).findFirst()).map(StackTraceElement::toString).orElse("nothing");
    }

    /** Where a thread is, for the log: no exception was thrown. */
    private static final class Whereabouts extends Exception {
        private static final long serialVersionUID = 1;

        Whereabouts(String thread, StackTraceElement[] stack) {
            super(thread + " is here", null, false, true);
            setStackTrace(stack);
        }
    }

    private final class Watched {
        private final EventLoop loop;
        private volatile boolean answered = true;
        private volatile boolean stands;
        private int unansweredRounds;
        private long askedAt;
        private long usedBefore;

        Watched(EventLoop loop) {
            this.loop = loop;
        }

        void look() {
            if (!answered) {
                unansweredRounds++;
                if (!stands && unansweredRounds >= (starved() ? STARVED_ROUNDS : PATIENT_ROUNDS)) {
                    accuse();
                }
                return;
            }
            if (stands) {
                stands = false;
                log.say(name() + " runs again after " + seconds() + " s", null);
            }
            if (!loop.isShuttingDown()) {
                unansweredRounds = 0;
                askedAt = nanos.getAsLong();
                usedBefore = used();
                answered = false;
                loop.execute(() -> answered = true);
            }
        }

        private boolean starved() {
            return thread().state() == Thread.State.RUNNABLE && used() - usedBefore < (nanos.getAsLong() - askedAt) / 2;
        }

        /** Processor time of the loop's thread in nanoseconds. */
        private long used() {
            return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread().id());
        }

        private ThreadProperties thread() {
            return ((SingleThreadEventExecutor) loop).threadProperties();
        }

        private void accuse() {
            stands = true;
            StackTraceElement[] stack = thread().stackTrace();
            log.say(name() + " has not run for " + seconds() + " s: the connections that it carries stand until " + blamed(stack) + " returns", new Whereabouts(name(), stack));
        }

        private String name() {
            return thread().name();
        }

        private String seconds() {
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - askedAt);
            return millis / 1000 + "." + millis / 100 % 10;
        }
    }
}
