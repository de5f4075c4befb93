package io.sluice.net.internal.dial;

import io.netty.util.NetUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs what looks names up on the workers, few at a time: a resolver that does not answer holds a thread for seconds, and the workers have other things to do. Addresses that are
 * written as numbers need no resolver and wait for nobody. Any thread.
 */
final class Lookups {
    private static final int AT_ONCE = 2;

    private final Executor workers;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Lookups(Executor workers) {
        this.workers = workers;
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the workers have too much to do */
    void run(String host, Runnable task) {
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            workers.execute(task);
        } else if (starts(task)) {
            begin(task);
        }
    }

    private synchronized boolean starts(Runnable task) {
        if (running == AT_ONCE) {
            waiting.add(task);
            return false;
        }
        running++;
        return true;
    }

    private void begin(Runnable task) {
        try {
            workers.execute(() -> runAll(task));
        } catch (RuntimeException e) {
            ended();
            throw e;
        }
    }

    private void runAll(Runnable first) {
        for (Runnable task = first; task != null; task = next()) {
            task.run();
        }
    }

    private synchronized Runnable next() {
        Runnable task = waiting.poll();
        if (task == null) {
            running--;
        }
        return task;
    }

    private synchronized void ended() {
        running--;
    }
}
