package io.sluice.streams.internal.feed;

import io.sluice.api.media.Frame;
import io.sluice.streams.internal.media.Ring;
import io.sluice.streams.internal.media.Starts;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * A reader's place among the frames of a stream. The stream's thread hands it a few frames ahead, each with one reference, and goes on when these are taken: what a slow reader
 * holds is bounded, the rest waits in the ring. Who falls out of the ring goes on at the next key frame.
 */
public final class FrameCursor implements Place {
    /** Handed ahead: half a second of 4 Mbit/s. */
    private static final long AHEAD_BYTES = 256 * 1024;

    private final Executor loop;
    private final Runnable readable;
    private final LongConsumer skipped;
    private final Queue<Frame> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong aheadBytes = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile FrameFeed feed;
    private volatile boolean full;
    private volatile String end;
    /** Of the queue, beyond what is counted as the ring's. */
    private final AtomicLong restBytes = new AtomicLong();

    // the stream's thread
    private FrameStart start;
    private long position;
    private boolean needsStart = true;

    // the loop's own
    private boolean hungry = true;
    private boolean endTold;
    private volatile boolean gone; // written there

    /**
     * @param loop     the reader's
     * @param readable called there when {@link #next} has something after it had nothing, and at the end
     * @param skipped  told of frames that are jumped over, at the stream's home
     */
    public FrameCursor(Executor loop, Runnable readable, LongConsumer skipped) {
        this.loop = loop;
        this.readable = readable;
        this.skipped = skipped;
    }

    // ---- at the stream's home

    /** @return false when it has left before it came */
    boolean attach(FrameFeed at) {
        feed = at;
        return !gone;
    }

    void begin(FrameStart where) {
        start = where;
        written(true);
    }

    void written(boolean wakes) {
        if (find()) {
            fill(AHEAD_BYTES);
            if (wakes) {
                wake();
            }
        }
    }

    /** False while it has not begun. */
    private boolean find() {
        if (start != null) {
            long found = start.find(feed.ring());
            if (found == FrameStart.LATER) {
                return false;
            }
            position = found;
            start = null;
        }
        return true;
    }

    private void fill(long mostBytes) {
        Ring ring = feed.ring();
        full = false;
        while (!gone && position < ring.next()) {
            if (aheadBytes.get() >= mostBytes) {
                full = true;
                if (aheadBytes.get() >= mostBytes / 2) { // else it was emptied just before it could see that
                    return;
                }
                full = false;
            }
            if (position < ring.first()) {
                jump(ring.keyAtOrAfter(ring.first()));
            } else {
                hand(ring.get(position++));
            }
        }
    }

    private void jump(long to) {
        skipped.accept(to - position);
        position = to;
        needsStart = true;
    }

    private void hand(Frame frame) {
        if (needsStart && !Starts.at(frame)) {
            return;
        }
        needsStart = false;
        frame.payload().retain();
        aheadBytes.addAndGet(frame.payload().readableBytes());
        queue.add(frame);
    }

    /** It gets what has come by now, and no more. */
    void finish(String reason) {
        if (start == null) {
            long before = aheadBytes.get();
            fill(Long.MAX_VALUE);
            long rest = Math.max(0, aheadBytes.get() - before);
            restBytes.addAndGet(rest);
            feed.budget().add(rest);
        }
        end = reason;
        wake();
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            post(this::run);
        }
    }

    /** A loop that has stopped reads nothing more. */
    private void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            drain();
        }
    }

    // ---- on the reader's loop

    private void run() {
        woken.set(false);
        if (gone) {
            drain();
            return;
        }
        boolean news = end != null && !endTold;
        endTold |= news;
        if (news || hungry && !queue.isEmpty()) {
            hungry = false;
            readable.run();
        }
    }

    /** The caller owns one reference to its payload; null when there is nothing now. */
    public Frame next() {
        Frame frame = gone ? null : queue.poll();
        if (frame == null) {
            hungry = true;
            settle();
            return null;
        }
        taken(frame);
        return frame;
    }

    private void taken(Frame frame) {
        int bytes = frame.payload().readableBytes();
        long left = aheadBytes.addAndGet(-bytes);
        if (full && left < AHEAD_BYTES / 2 && asked.compareAndSet(false, true)) {
            feed.home().execute(this::more);
        }
        if (end != null) {
            release(Math.min(bytes, restBytes.get()));
        }
    }

    private void release(long rest) {
        if (rest > 0) {
            restBytes.addAndGet(-rest);
            feed.budget().add(-rest);
        }
    }

    /** Some may have been taken before they were counted. */
    private void settle() {
        if (end != null && queue.isEmpty()) {
            release(restBytes.get());
        }
    }

    /** At the stream's home. */
    private void more() {
        asked.set(false);
        if (end == null) {
            written(true);
        }
    }

    /** Asks for the end: what has come by now is handed out, nothing after it. */
    public void finishHere(String reason) {
        FrameFeed at = feed;
        if (at == null) {
            end(reason);
        } else {
            at.home().execute(() -> at.finish(this, reason));
        }
    }

    @Override
    public boolean ended() {
        return end != null && (gone || queue.isEmpty());
    }

    @Override
    public String endReason() {
        return end == null ? "" : end;
    }

    @Override
    public void end(String reason) {
        if (gone) {
            return;
        }
        leave();
        end = reason;
        readable.run();
    }

    @Override
    public void leave() {
        if (gone) {
            return;
        }
        gone = true;
        drain();
        FrameFeed at = feed;
        if (at != null) {
            at.home().execute(() -> {
                at.remove(this);
                post(this::drain); // what was handed meanwhile
            });
        }
    }

    private void drain() {
        for (Frame f = queue.poll(); f != null; f = queue.poll()) {
            taken(f);
            f.payload().release();
        }
        settle();
    }
}
