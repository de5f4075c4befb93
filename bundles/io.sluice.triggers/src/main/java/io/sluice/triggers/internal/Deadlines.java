package io.sluice.triggers.internal;

import io.sluice.api.net.Loops;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends calls whose time is over. Calls with the same time-out end in the order in which they began, so a look at the head of each list is enough: no timer for each call. The
 * looks are taken by an event loop's clock and done by a worker, and only while there are calls: an event loop that is woken twenty times a second for nothing costs as much as a
 * publisher's sound. Any thread.
 */
final class Deadlines {
    private static final long LOOK_MILLIS = 50;

    private final Map<Long, Queue<Entry>> byTimeout = new ConcurrentHashMap<>();
    private final Loops loops;
    private final AtomicBoolean looking = new AtomicBoolean();

    private record Entry(Call call, long atNanos) {
    }

    Deadlines(Loops loops) {
        this.loops = loops;
    }

    void add(Call call, long startNanos, long timeoutMillis) {
        byTimeout.computeIfAbsent(timeoutMillis, t -> new ConcurrentLinkedQueue<>()).add(new Entry(call, startNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMillis)));
        begin();
    }

    private void begin() {
        if (looking.compareAndSet(false, true)) {
            again();
        }
    }

    private void again() {
        try {
            loops.next().schedule(this::tick, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            looking.set(false); // the loops stop: nobody's time runs any more
        }
    }

    private boolean idle() {
        return byTimeout.values().stream().allMatch(Queue::isEmpty);
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
        if (!idle()) {
            again();
            return;
        }
        looking.set(false);
        if (!idle()) {
            begin(); // came in between
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
}
