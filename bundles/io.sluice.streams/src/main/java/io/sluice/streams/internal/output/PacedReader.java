package io.sluice.streams.internal.output;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segments;
import io.sluice.streams.internal.feed.FrameCursor;
import io.sluice.streams.internal.media.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The stream as a push reads it: frames, from where to where, how fast and of which tracks its parameters say. On the push's loop. */
final class PacedReader implements Reader {
    private static final String SET = "the end that was set is reached";

    private final String stream;
    private final StreamDoor.Entered seat;
    private final ScheduledExecutorService loop;
    private final Clock clock;
    private final Begin begin;
    private final End end;
    private final Pace pace;
    private final Selection selection;
    private final Progress progress;
    private final Consumer<Throwable> failed;
    private FrameCursor cursor;
    private Runnable readable;
    private Consumer<String> onEnd;
    private Frame head;
    private Future<?> timer;
    private boolean hungry;
    private boolean gone;
    private boolean reached;
    private boolean ending;
    private String over;

    /**
     * @param wishes what the parameters say
     * @param failed told when the target fails at what is there
     */
    PacedReader(String stream, StreamDoor.Entered seat, ScheduledExecutorService loop, Clock clock, Wishes wishes, Progress progress, Consumer<Throwable> failed) {
        this.stream = stream;
        this.seat = seat;
        this.loop = loop;
        this.clock = clock;
        this.progress = progress;
        this.failed = failed;
        begin = wishes.begin(clock.millis());
        end = wishes.end(clock.millis());
        pace = wishes.pace(clock);
        selection = wishes.selection();
    }

    @Override
    public String stream() {
        return stream;
    }

    @Override
    public String links() {
        return "";
    }

    @Override
    public void frames(ReadFrom from, Runnable task) {
        if (cursor != null) {
            throw new IllegalStateException("this reader has been opened already");
        }
        if (gone) {
            return;
        }
        readable = task;
        cursor = new FrameCursor(loop, this::wake, this::skipped);
        seat.join(cursor, begin.start(from));
        if (over != null) {
            cursor.finishHere(over);
        }
    }

    /** At the stream's home. */
    private void skipped(long frames) {
        seat.skipped().add(frames);
        progress.skipped(frames);
    }

    @Override
    public Frame nextFrame() {
        if (gone || cursor == null) {
            return null;
        }
        for (Frame frame = take(); frame != null; frame = take()) {
            long wait = pace.waitNanos(frame);
            if (wait > 0) {
                head = frame;
                hungry = true;
                wakeIn(wait);
                return null;
            }
            switch (end.of(frame, selection.isMain(frame.track()))) {
                case BEFORE -> {
                    progress.handed(frame);
                    return frame;
                }
                case AFTER -> frame.payload().release();
                default -> {
                    frame.payload().release();
                    over(SET);
                }
            }
        }
        hungry = true;
        return null;
    }

    /** One of a track that was chosen, or null. */
    private Frame take() {
        if (head != null) {
            Frame waited = head;
            head = null;
            return waited;
        }
        for (Frame frame = cursor.next(); frame != null; frame = cursor.next()) {
            Frame chosen = selection.of(frame);
            if (chosen != null) {
                return chosen;
            }
            frame.payload().release();
        }
        return null;
    }

    private void wakeIn(long nanos) {
        if (timer == null || timer.isDone()) {
            timer = loop.schedule(this::wake, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** There may be something now. */
    private void wake() {
        if (gone) {
            return;
        }
        long wait = head == null ? 0 : pace.waitNanos(head);
        if (wait > 0) {
            timer = null; // it was this one
            wakeIn(wait);
            return;
        }
        hungry = false;
        try {
            readable.run();
        } catch (RuntimeException | LinkageError e) {
            failed.accept(e);
        }
    }

    /** Looks at what depends on time alone. */
    void tick() {
        if (cursor == null || gone) {
            return;
        }
        if (end.isOver(clock.millis()) && !ending) {
            ending = true;
            cursor.finishHere(SET);
        } else if (hungry && head != null) {
            wake();
        }
    }

    private void over(String reason) {
        over = reason;
        reached = true;
        cursor.leave();
        letGo();
    }

    /** What has come by now is to be handed out, nothing after it. */
    void finish(String reason) {
        if (cursor != null) {
            cursor.finishHere(reason);
        } else {
            over = reason;
        }
    }

    @Override
    public boolean ended() {
        return gone || reached || head == null && (cursor == null ? over != null : cursor.ended());
    }

    @Override
    public String endReason() {
        return over != null ? over : cursor == null ? "" : cursor.endReason();
    }

    @Override
    public void onEnd(Consumer<String> reason) {
        onEnd = reason;
    }

    /** The core takes it away. */
    void cut(String reason) {
        if (!gone && onEnd != null) {
            try {
                onEnd.accept(reason);
            } catch (RuntimeException | LinkageError e) {
                failed.accept(e);
            }
        }
        close();
    }

    Tracks tracks() {
        return selection.tracks();
    }

    @Override
    public void close() {
        if (!gone) {
            gone = true;
            if (cursor != null) {
                cursor.leave();
            }
            letGo();
        }
    }

    private void letGo() {
        if (head != null) {
            head.payload().release();
            head = null;
        }
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void open(FeedFormat format, Runnable task) {
        throw new UnsupportedOperationException("a push reads frames");
    }

    @Override
    public ByteBuf next() {
        throw new UnsupportedOperationException("a push reads frames");
    }

    @Override
    public Segments segments(String form) {
        throw new UnsupportedOperationException("a push reads frames");
    }

    @Override
    public Handle handle() {
        throw new UnsupportedOperationException("a push is not handed over");
    }
}
