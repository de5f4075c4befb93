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
 * A reader's place among the frames of a stream. The stream's thread hands it each frame with one reference, and takes back what the ring lets go: a reader that waits holds nothing
 * that the ring does not hold, and goes on at a key frame.
 */
public final class FrameCursor implements Place {
    private final Executor loop;
    private final Runnable readable;
    private final LongConsumer skipped;
    private final Queue<Handed> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile FrameFeed feed;
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

    /** An element of its own: frames are equal when their bytes are, and those of one that the reader has just let go must not be looked at. */
    private static final class Handed {
        private final Frame frame;

        private Handed(Frame frame) {
            this.frame = frame;
        }
    }

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
            hand();
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

    private void hand() {
        Ring ring = feed.ring();
        position = Math.max(position, ring.first());
        while (!gone && position < ring.next()) {
            hand(ring.get(position++));
        }
        takeBack(ring);
    }

    /** What the ring has let go; and where what is left of it begins amid pictures, what nobody can begin with. The reader may take frames meanwhile. */
    private void takeBack(Ring ring) {
        Handed head = queue.peek();
        if (head == null || head.frame.sequence() >= ring.first()) {
            return;
        }
        boolean broken = !Starts.at(ring.get(ring.first()));
        long count = 0;
        while (head != null && (head.frame.sequence() < ring.first() || broken && !Starts.at(head.frame))) {
            if (queue.remove(head)) { // else the reader has just taken it
                queuedBytes.addAndGet(-head.frame.payload().readableBytes());
                head.frame.payload().release();
                count++;
            }
            head = queue.peek();
        }
        needsStart |= broken && head == null;
        skipped.accept(count);
    }

    private void hand(Frame frame) {
        if (needsStart && !Starts.at(frame)) {
            return;
        }
        needsStart = false;
        frame.payload().retain();
        queuedBytes.addAndGet(frame.payload().readableBytes());
        queue.add(new Handed(frame));
    }

    /** It gets what has come by now, and no more. */
    void finish(String reason) {
        if (start == null) {
            hand();
            long rest = Math.max(0, queuedBytes.get());
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
        Handed next = gone ? null : queue.poll();
        if (next == null) {
            hungry = true;
            settle();
            return null;
        }
        taken(next.frame);
        return next.frame;
    }

    private void taken(Frame frame) {
        int bytes = frame.payload().readableBytes();
        queuedBytes.addAndGet(-bytes);
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
        for (Handed h = queue.poll(); h != null; h = queue.poll()) {
            taken(h.frame);
            h.frame.payload().release();
        }
        settle();
    }
}
