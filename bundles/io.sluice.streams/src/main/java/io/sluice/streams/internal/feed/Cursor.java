package io.sluice.streams.internal.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Tracks;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * A viewer's place in a feed. Used on the viewer's loop only.
 *
 * <p>A cursor that takes over from another goes on at exactly its frame, in whichever feed it joins. Until it has joined, the one before keeps its seat there
 * (silent), so that every feed that is opened meanwhile reaches back far enough.
 */
public final class Cursor implements Place {
    private final LongAdder skipped;
    private final LongConsumer place;
    private Runnable readable;
    private Cursor before;
    /** Where its numbers count; written at the stream's home. */
    private volatile Feeds among;
    private LoopFeed at;
    private boolean fresh = true;
    private long position;
    private Tracks tracks;
    private boolean needHeader;
    private boolean hungry = true;
    private boolean gone;
    private boolean endTold;
    private String end;

    /**
     * @param readable called when {@link #next} has something after it had nothing, and at the end
     * @param skipped  counts the frames that are jumped over
     * @param place    told the time of each frame that is handed out, in nanoseconds
     */
    public Cursor(Runnable readable, LongAdder skipped, LongConsumer place) {
        this.readable = readable;
        this.skipped = skipped;
        this.place = place;
    }

    /** Goes on where another one is; that one is silent from here on. */
    public Cursor(Runnable readable, Cursor before) {
        this(readable, before.skipped, before.place);
        this.before = before;
        among = before.among;
        fresh = !before.begun();
        position = before.position;
        tracks = before.tracks;
        needHeader = before.needHeader;
        before.readable = null;
    }

    private boolean begun() {
        return tracks != null;
    }

    /** The feeds among which it goes on; null where it has not begun. At the stream's home. */
    public Feeds among() {
        return among;
    }

    /** At the stream's home. */
    void among(Feeds feeds) {
        among = feeds;
    }

    /** The frame to go on with, or -1 when nothing was handed out yet. */
    public long resumeAt() {
        return fresh ? -1 : position;
    }

    /** Owned by the caller; null when there is nothing now. */
    public ByteBuf next() {
        if (available()) {
            Chunk chunk = at.mirror().get(position);
            boolean header = headerIsDue(chunk);
            tracks = chunk.tracks();
            if (header) {
                needHeader = false;
                return Unpooled.wrappedBuffer(chunk.header());
            }
            place.accept(chunk.dtsNanos());
            return take(chunk);
        }
        hungry = true;
        return null;
    }

    private ByteBuf take(Chunk chunk) {
        ByteBuf several = at.burst().at(position);
        position = several == null ? position + 1 : at.burst().next();
        return several == null ? chunk.bytes().retainedDuplicate() : several;
    }

    @Override
    public boolean ended() {
        return end != null || at != null && at.ended() != null && !available();
    }

    @Override
    public String endReason() {
        if (end != null) {
            return end;
        }
        String reason = at == null ? null : at.ended();
        return reason == null ? "" : reason;
    }

    /** Also where there is no feed to join: the stream has ended. */
    @Override
    public void end(String reason) {
        end = reason;
        wake();
    }

    @Override
    public void leave() {
        if (gone) {
            return;
        }
        gone = true;
        readable = null;
        if (at != null) {
            at.remove(this);
            at.feed().leave(at);
            at = null;
        }
        releaseBefore();
    }

    void attached(LoopFeed feed, long resumeAt) {
        if (gone) {
            feed.feed().leave(feed);
            return;
        }
        at = feed;
        at.add(this);
        fresh = resumeAt < 0;
        settle();
        releaseBefore();
    }

    LoopFeed at() {
        return at;
    }

    /** The frame that it needs next; where it waits for a start, the next to come. */
    long position() {
        return fresh && at != null ? at.mirror().next() : position;
    }

    void wake() {
        if (readable == null) {
            return;
        }
        boolean news = !endTold && (end != null || at != null && at.ended() != null);
        endTold |= news;
        if (news || hungry && available()) {
            hungry = false;
            readable.run();
        }
    }

    private void releaseBefore() {
        if (before != null) {
            before.leave();
            before = null;
        }
    }

    /** Stands at a chunk, or a header, with bytes for the viewer. */
    private boolean available() {
        while (at != null && settle()) {
            Chunk chunk = at.mirror().get(position);
            if (chunk == null) {
                return false;
            }
            boolean header = headerIsDue(chunk);
            if (header ? chunk.header().length > 0 : chunk.bytes().isReadable()) {
                return true;
            }
            if (header) {
                needHeader = false;
            } else {
                position++;
            }
            tracks = chunk.tracks();
        }
        return false;
    }

    /** At a start; and where the tracks changed exactly at the first frame of a feed, whose muxer could not see the change. */
    private boolean headerIsDue(Chunk chunk) {
        return needHeader || chunk.first() && begun() && chunk.tracks() != tracks;
    }

    /** Finds the place: the newest start for who is new, or who fell out of the window. False while there is none. */
    private boolean settle() {
        ChunkWindow window = at.mirror();
        Chunk here = window.get(position);
        boolean lost = !fresh && (position < window.first() || needHeader && here != null && here.header() == null);
        if (!fresh && !lost) {
            return true;
        }
        Chunk start = window.newestStart();
        if (start == null || lost && start.sequence() < position) {
            return false;
        }
        if (lost) {
            skipped.add(start.sequence() - position);
        }
        needHeader |= fresh || start.tracks() != tracks;
        position = start.sequence();
        fresh = false;
        return true;
    }
}
