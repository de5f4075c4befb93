package io.sluice.streams.internal.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.sluice.api.media.Frame;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.media.Starts;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One muxed form of one stream: each frame is muxed once and handed to every event loop that has viewers. The stream's thread only. */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    /** Sound alone could start at every frame; this apart is often enough and keeps headers few. */
    private static final long AUDIO_STARTS_APART_NANOS = 500_000_000L;

    private final FeedFormat format;
    private final Muxer muxer;
    private final Executor home;
    private final MemoryBudget budget;
    private final Consumer<Feed> empty;
    private final ChunkWindow window;
    private final Map<Executor, LoopFeed> loops = new HashMap<>();
    private final Merge merge = new Merge();
    private volatile FeedLimits limits;
    private boolean begun;
    private String end;

    /** @param empty told at home when the last viewer has left */
    Feed(FeedFormat format, Executor home, FeedLimits limits, MemoryBudget budget, long start, Consumer<Feed> empty) {
        this.format = format;
        this.home = home;
        this.limits = limits;
        this.budget = budget;
        this.empty = empty;
        window = new ChunkWindow(start);
        muxer = format.open();
    }

    FeedFormat format() {
        return format;
    }

    void limits(FeedLimits now) {
        limits = now;
    }

    /** From any thread. */
    FeedLimits limits() {
        return limits;
    }

    /** Muxes one frame and hands it on. A muxer that fails ends this feed's viewers, never the stream. */
    void write(Frame frame) {
        if (end != null) {
            return;
        }
        Chunk chunk;
        try {
            chunk = mux(frame);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the {} muxer failed at frame {}; its viewers are ended", format.name(), frame.sequence(), e);
            end("the " + format.name() + " muxer failed");
            return;
        }
        long before = window.bytes();
        window.add(chunk);
        window.trim(limits);
        budget.add(window.bytes() - before);
        boolean wakes = merge.wakes(frame, limits.mergeNanos());
        for (LoopFeed l : loops.values()) {
            l.offer(chunk);
            if (wakes) {
                l.wake();
            }
        }
    }

    private Chunk mux(Frame frame) {
        ByteBuf bytes = muxer.mux(frame);
        try {
            boolean start = isStart(frame);
            boolean first = !begun;
            byte[] header = start || first ? take(muxer.header(frame.tracks(), frame.dtsNanos())) : null;
            begun = true;
            return new Chunk(frame.sequence(), bytes, header, start, first, frame.tracks(), frame.dtsNanos());
        } catch (RuntimeException | LinkageError e) {
            bytes.release();
            throw e;
        }
    }

    private boolean isStart(Frame frame) {
        if (!Starts.at(frame)) {
            return false;
        }
        Chunk before = window.newestStart();
        return frame.isVideo() || before == null || before.tracks() != frame.tracks() || frame.dtsNanos() - before.dtsNanos() >= AUDIO_STARTS_APART_NANOS;
    }

    private static byte[] take(ByteBuf header) {
        try {
            return ByteBufUtil.getBytes(header);
        } finally {
            header.release();
        }
    }

    /**
     * Gives a viewer its place; completes on the viewer's loop.
     *
     * @param position the frame to go on with, or -1 for the header and the newest start
     */
    void join(Executor loop, Cursor cursor, long position) {
        LoopFeed mirror = loops.computeIfAbsent(loop, this::mirror);
        mirror.members++;
        mirror.attach(cursor, position);
    }

    private LoopFeed mirror(Executor loop) {
        LoopFeed mirror = new LoopFeed(this, loop, window.first());
        for (long s = window.first(); s < window.next(); s++) {
            mirror.offer(window.get(s));
        }
        if (end != null) {
            mirror.end(end);
        }
        return mirror;
    }

    /** One viewer less; the loop's mirror goes with its last. From any thread. */
    void leave(LoopFeed mirror) {
        home.execute(() -> {
            if (--mirror.members == 0) {
                loops.remove(mirror.loop(), mirror);
                mirror.dispose();
                if (loops.isEmpty()) {
                    empty.accept(this);
                }
            }
        });
    }

    /** A frame that no viewer of this feed is behind. */
    long oldest() {
        Chunk start = window.newestStart();
        long oldest = start == null ? window.next() : start.sequence();
        for (LoopFeed l : loops.values()) {
            oldest = Math.min(oldest, l.oldest());
        }
        return oldest;
    }

    /** Viewers hand out what is in their mirrors and then end. */
    void end(String reason) {
        if (end == null) {
            end = reason;
            loops.values().forEach(l -> l.end(reason));
        }
    }

    /** Nothing will join any more. */
    void close() {
        budget.add(-window.bytes());
        window.clear();
    }
}
