package io.sluice.triggers.internal;

import io.sluice.api.net.Loops;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Ends calls whose time is over. Calls with the same time-out end in the order in which they began, so a look at the head of each list is enough: no timer for each call. The
 * looks are taken by an event loop's clock and done by a worker.
 */
final class Deadlines {
    private static final long LOOK_MILLIS = 50;

    private final Map<Long, Queue<Entry>> byTimeout = new ConcurrentHashMap<>();
    private final Loops loops;
    private final Future<?> looking;
    private volatile boolean closed;

    private record Entry(Call call, long atNanos) {
    }

    Deadlines(Loops loops) {
        this.loops = loops;
        looking = loops.next().scheduleWithFixedDelay(this::tick, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void add(Call call, long startNanos, long timeoutMillis) {
        byTimeout.computeIfAbsent(timeoutMillis, t -> new ConcurrentLinkedQueue<>()).add(new Entry(call, startNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMillis)));
    }

    /** On an event loop: only asks whether there is work. */
    private void tick() {
        long now = System.nanoTime();
        if (byTimeout.values().stream().anyMatch(q -> due(q.peek(), now))) {
            try {
                loops.workers().execute(this::look);
            } catch (RejectedExecutionException e) {
                // the next look comes soon
            }
        }
        if (closed && byTimeout.values().stream().allMatch(Queue::isEmpty)) {
            looking.cancel(false);
        }
    }

    private static boolean due(Entry entry, long now) {
        return entry != null && (entry.call().ended() || entry.atNanos() - now <= 0);
    }

    private synchronized void look() {
        long now = System.nanoTime();
        for (Queue<Entry> queue : byTimeout.values()) {
            for (Entry head = queue.peek(); due(head, now); head = queue.peek()) {
                queue.remove();
                if (!head.call().ended()) {
                    head.call().expire();
                }
            }
        }
    }

    /** Nothing is cut: it goes on until the last call has ended. */
    void close() {
        closed = true;
    }
}
