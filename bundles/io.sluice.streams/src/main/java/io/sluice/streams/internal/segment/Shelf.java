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
    /** RFC 8216 section 6.2.2: no segment may leave a list that would then be shorter than this many target durations. */
    private static final int TARGETS_LISTED = 3;
    private static final long SECOND = 1_000_000_000L;

    private final MemoryBudget budget;
    private final ArrayDeque<Segment> all = new ArrayDeque<>();
    private final Map<String, Segment> byPath = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private SegmentLimits limits;
    private long bytes;
    private volatile Listing listing = new Listing(List.of(), 0);
    private volatile boolean ended;

    /**
     * A list and what belongs to it, published together.
     *
     * @param segments        oldest first
     * @param discontinuities before the first of them
     */
    private record Listing(List<Segment> segments, long discontinuities) {
        Listing with(Segment newest) {
            List<Segment> now = new ArrayList<>(segments);
            now.add(newest);
            return new Listing(List.copyOf(now), discontinuities);
        }

        Listing without(int oldest) {
            long left = segments.stream().limit(oldest).filter(Segment::discontinuity).count();
            return new Listing(List.copyOf(segments.subList(oldest, segments.size())), discontinuities + left);
        }
    }

    Shelf(MemoryBudget budget, SegmentLimits limits) {
        this.budget = budget;
        this.limits = limits;
    }

    synchronized void limits(SegmentLimits now) {
        limits = now;
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
            Listing longer = listing.with(segment);
            listing = longer.without(surplus(longer.segments()));
            trim();
        }
        tell();
    }

    /** How many of the oldest may leave the list: those beyond the configured number, while what stays is long enough. */
    private int surplus(List<Segment> segments) {
        long longest = segments.stream().mapToLong(Segment::durationNanos).reduce(limits.targetNanos(), Math::max);
        long wanted = TARGETS_LISTED * ((longest + SECOND - 1) / SECOND) * SECOND;
        long left = segments.stream().mapToLong(Segment::durationNanos).sum();
        int surplus = 0;
        while (segments.size() - surplus > limits.count() && left - segments.get(surplus).durationNanos() >= wanted) {
            left -= segments.get(surplus++).durationNanos();
        }
        return surplus;
    }

    /** Another list length stays findable, for players that read the list a while ago; fewer where bytes are short. */
    private void trim() {
        int kept = 2 * Math.max(limits.count(), listing.segments().size()) + 1;
        while (all.size() > kept || bytes > limits.maxBytes() && all.size() > 1) {
            Segment gone = all.removeFirst();
            if (!listing.segments().isEmpty() && listing.segments().get(0) == gone) {
                listing = listing.without(1);
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
        return listing.segments();
    }

    long discontinuities() {
        return listing.discontinuities();
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
        listing = listing.without(listing.segments().size());
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
