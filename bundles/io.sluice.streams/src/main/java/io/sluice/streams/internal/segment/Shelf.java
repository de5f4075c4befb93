package io.sluice.streams.internal.segment;

import io.sluice.api.stream.Segment;
import io.sluice.streams.internal.media.MemoryBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished segments: those listed, and those not long gone from the list. From any thread; the lock is held for a few steps only, and is what makes it
 * safe to take a reference to bytes that are leaving at that moment.
 */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final MemoryBudget budget;
    private final ArrayDeque<Segment> all = new ArrayDeque<>();
    private final Map<String, Segment> byPath = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private int count;
    private long maxBytes;
    private long bytes;
    private volatile List<Segment> listed = List.of();
    private volatile long discontinuities;
    private volatile boolean ended;

    Shelf(MemoryBudget budget, int count, long maxBytes) {
        this.budget = budget;
        this.count = count;
        this.maxBytes = maxBytes;
    }

    synchronized void limits(int newCount, long newMaxBytes) {
        count = newCount;
        maxBytes = newMaxBytes;
    }

    /** Takes over the data. */
    void add(Segment segment) {
        synchronized (this) {
            if (byPath.containsKey(segment.path())) {
                LOG.warn("segment {} was handed over twice; the first bytes stay", segment.path());
                segment.data().release();
                return;
            }
            all.addLast(segment);
            byPath.put(segment.path(), segment);
            count(segment.data().readableBytes());
            List<Segment> now = new ArrayList<>(listed);
            now.add(segment);
            while (now.size() > count) {
                unlist(now);
            }
            listed = List.copyOf(now);
            trim();
        }
        tell();
    }

    private void unlist(List<Segment> from) {
        discontinuities += from.remove(0).discontinuity() ? 1 : 0;
    }

    /** Another list length stays findable, for players that read the list a while ago; fewer where bytes are short. */
    private void trim() {
        while (all.size() > 2 * count + 1 || bytes > maxBytes && all.size() > 1) {
            Segment gone = all.removeFirst();
            if (!listed.isEmpty() && listed.get(0) == gone) {
                List<Segment> now = new ArrayList<>(listed);
                unlist(now);
                listed = List.copyOf(now);
            }
            drop(gone);
        }
    }

    private void drop(Segment gone) {
        byPath.remove(gone.path());
        count(-gone.data().readableBytes());
        gone.data().release();
    }

    private void count(long change) {
        bytes += change;
        budget.add(change);
    }

    List<Segment> listed() {
        return listed;
    }

    long discontinuities() {
        return discontinuities;
    }

    boolean ended() {
        return ended;
    }

    /** With one reference for the caller, or null. */
    synchronized Segment find(String path) {
        Segment found = byPath.get(path);
        if (found != null) {
            found.data().retain();
        }
        return found;
    }

    void onChange(Executor loop, Runnable task) {
        synchronized (this) {
            if (!ended) {
                waiting.add(() -> loop.execute(task));
                return;
            }
        }
        loop.execute(task);
    }

    void end() {
        ended = true;
        tell();
    }

    /** Lets all bytes go; the count of discontinuities goes on. */
    synchronized void clear() {
        listed.forEach(s -> discontinuities += s.discontinuity() ? 1 : 0);
        listed = List.of();
        while (!all.isEmpty()) {
            drop(all.removeFirst());
        }
    }

    private void tell() {
        List<Runnable> now;
        synchronized (this) {
            now = List.copyOf(waiting);
            waiting.clear();
        }
        now.forEach(Runnable::run);
    }
}
