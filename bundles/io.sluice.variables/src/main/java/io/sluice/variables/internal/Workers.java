package io.sluice.variables.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for what blocks: a lane for each type of source, so that commands that hang keep no file from being read. From any thread. */
final class Workers implements AutoCloseable {
    /** Readings of one type that block at the same time; the next ones wait. */
    private static final int WIDTH = 128;
    /** One reading a variable and one batch a round, ten thousand variables, with room. */
    private static final int MOST_WAITING = 100_000;
    private final Executor pool;
    private volatile Runnable waits = () -> {
    };
    private final Runnable end;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Lane cancelling;
    private final Lane telling;
    private final Lane keeping;

    /** @param pool without bound @param end of the pool */
    Workers(Executor pool, Runnable end) {
        this.pool = pool;
        this.end = end;
        this.cancelling = lane(WIDTH);
        this.telling = lane(1);
        this.keeping = lane(1);
    }

    /** Threads that come and go as they are needed; the lanes are their bound. What comes after the end is dropped. */
    static Workers threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "sluice-variables-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy());
        return new Workers(pool, pool::shutdownNow);
    }

    private Lane lane(int width) {
        return new Lane(pool, width, MOST_WAITING, () -> waits.run());
    }

    /** Called when {@link #relieve} is to be called soon. */
    void onWait(Runnable listener) {
        waits = listener;
    }

    /** Adds threads where all are busy for long. @return whether tasks wait, so that it is to be called again soon */
    boolean relieve() {
        boolean wait = cancelling.relieve();
        for (Lane lane : lanes.values()) {
            wait |= lane.relieve();
        }
        return wait;
    }

    /** Those of one type of source. */
    Executor of(String type) {
        return lanes.computeIfAbsent(type, t -> lane(WIDTH));
    }

    /** For giving up: it is not to wait behind what hangs. */
    Executor cancelling() {
        return cancelling;
    }

    /** Listeners, one call after another. */
    Executor telling() {
        return telling;
    }

    /** The file of values. */
    Executor keeping() {
        return keeping;
    }

    /** Waits for nothing: what still runs is interrupted. */
    @Override
    public void close() {
        end.run();
    }
}
