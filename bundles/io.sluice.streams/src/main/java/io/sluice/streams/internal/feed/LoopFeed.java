package io.sluice.streams.internal.feed;

import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed as one event loop sees it. The stream's thread offers chunks with one reference each and wakes the loop once; the viewers of the loop read
 * from its mirror, so what they retain and release stays on their own thread.
 */
final class LoopFeed {
    private static final Logger LOG = LoggerFactory.getLogger(LoopFeed.class);
    private static final Cursor[] NONE = {};

    private final Feed feed;
    private final Executor loop;
    private final Queue<Chunk> incoming = new ConcurrentLinkedQueue<>();
    private final AtomicLong incomingBytes = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile String end;
    private volatile boolean disposed;
    private volatile long oldest = Long.MAX_VALUE;

    /** Counted by the stream's thread alone. */
    int members;

    // the loop's own
    private final ChunkWindow mirror;
    private final Burst burst = new Burst();
    private final Set<Cursor> cursors = new LinkedHashSet<>();
    private Cursor[] order = NONE;
    private boolean changed;

    LoopFeed(Feed feed, Executor loop, long start) {
        this.feed = feed;
        this.loop = loop;
        mirror = new ChunkWindow(start);
    }

    Feed feed() {
        return feed;
    }

    Executor loop() {
        return loop;
    }

    /** No cursor here is before this; may be older than the truth, never newer. From any thread. */
    long oldest() {
        return oldest;
    }

    /** The stream's thread: takes a reference of its own; shown to viewers at the next {@link #wake}. A loop that hangs loses the oldest chunks, so it costs no more than the window. */
    void offer(Chunk chunk) {
        chunk.bytes().retain();
        incoming.add(chunk);
        long waiting = incomingBytes.addAndGet(chunk.bytes().readableBytes());
        while (waiting > feed.limits().maxBytes()) {
            Chunk lost = incoming.poll();
            if (lost == null) {
                break;
            }
            waiting = incomingBytes.addAndGet(-lost.bytes().readableBytes());
            lost.bytes().release();
        }
    }

    /** The stream's thread. */
    void end(String reason) {
        end = reason;
        wake();
    }

    /** The stream's thread, when the last member has left. */
    void dispose() {
        disposed = true;
        wake();
    }

    /** The stream's thread; the rest happens on the loop, after everything that was offered before. */
    void attach(Cursor cursor, long position) {
        try {
            loop.execute(() -> {
                receive();
                cursor.attached(this, position);
                oldest = Math.min(oldest, cursor.position());
                cursor.wake();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the loop has stopped; a viewer on it gets nothing more");
        }
    }

    /** The stream's thread: what was offered is there to be read. */
    void wake() {
        if (!woken.compareAndSet(false, true)) {
            return;
        }
        try {
            loop.execute(this::run);
        } catch (RejectedExecutionException e) {
            discard(); // the loop has stopped for good and will never look
            if (disposed) {
                clear();
            }
        }
    }

    private void run() {
        woken.set(false);
        if (disposed) {
            discard();
            clear();
            return;
        }
        long from = mirror.next();
        receive();
        if (feed.format().joins()) {
            burst.join(mirror, from);
        }
        if (changed) {
            order = cursors.toArray(NONE);
            changed = false;
        }
        long min = Long.MAX_VALUE;
        for (Cursor c : order) {
            c.wake();
            min = c.at() == this ? Math.min(min, c.position()) : min;
        }
        oldest = min;
    }

    private void receive() {
        for (Chunk c = incoming.poll(); c != null; c = incoming.poll()) {
            incomingBytes.addAndGet(-c.bytes().readableBytes());
            mirror.add(c);
        }
        mirror.trim(feed.limits());
    }

    private void clear() {
        mirror.clear();
        burst.clear();
    }

    private void discard() {
        for (Chunk c = incoming.poll(); c != null; c = incoming.poll()) {
            c.bytes().release();
        }
    }

    /** On the loop. */
    ChunkWindow mirror() {
        return mirror;
    }

    /** On the loop. */
    Burst burst() {
        return burst;
    }

    /** On the loop: why no more chunks come, or null. */
    String ended() {
        return incoming.isEmpty() ? end : null;
    }

    /** On the loop. */
    void add(Cursor cursor) {
        cursors.add(cursor);
        changed = true;
    }

    /** On the loop. */
    void remove(Cursor cursor) {
        cursors.remove(cursor);
        changed = true;
    }
}
