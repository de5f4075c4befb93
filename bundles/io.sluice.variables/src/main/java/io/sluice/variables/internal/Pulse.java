package io.sluice.variables.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's thread: a round when something is due or posted, but a pause between two rounds, so that ten thousand variables do not wake it ten thousand times a second. */
final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    /** No reading is later than this for want of a round. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_MILLIS = 2000;
    private final Engine engine;
    private final Runnable eachRound;
    private final Thread thread = new Thread(this::run, "sluice-variables");
    private volatile boolean stopped;
    /** It would do at once what is posted: only then is waking it worth a system call. */
    private volatile boolean listens;

    /** @param eachRound at least once a second, on the same thread */
    Pulse(Engine engine, Runnable eachRound) {
        this.engine = engine;
        this.eachRound = eachRound;
        engine.onPost(this::wake);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void wake() {
        if (listens) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!stopped) {
            long began = System.nanoTime();
            long wait = Math.min(LONGEST_NANOS, round());
            park(began + PAUSE_NANOS);
            listens = true;
            park(began + wait);
            listens = false;
        }
    }

    private long round() {
        try {
            eachRound.run();
            return engine.round();
        } catch (RuntimeException e) {
            LOG.error("a round of the variables failed; the next one follows", e);
            return 0;
        }
    }

    private void park(long untilNanos) {
        for (long left = untilNanos - System.nanoTime(); left > 0 && !stopped && !(listens && engine.hasPosted()); left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Returns when the last round is over, unless a round itself calls this. */
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() != thread) {
            try {
                thread.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
