package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segments;
import io.sluice.streams.internal.feed.Cursor;
import io.sluice.streams.internal.feed.FrameCursor;
import io.sluice.streams.internal.feed.FrameStart;
import io.sluice.streams.internal.feed.Place;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reader as one version of a plugin holds it; void from the first use of a later one. On its connection's loop. */
final class ReaderLease implements Reader {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderLease.class);

    private final Admission admission;
    private Cursor cursor;
    private FrameCursor frames;
    private boolean given;
    private Consumer<String> onEnd;
    private String cut;

    /** @param given handed out to a version that takes over: the valid one only once it is used */
    ReaderLease(Admission admission, boolean given) {
        this.admission = admission;
        this.given = given;
        if (!given) {
            admission.hold(this);
        }
    }

    @Override
    public String stream() {
        return admission.stream.name();
    }

    @Override
    public String links() {
        return admission.visit.links();
    }

    @Override
    public void open(FeedFormat format, Runnable readable) {
        if (!valid()) {
            return;
        }
        if (frames != null) {
            throw new IllegalStateException("this reader reads frames");
        }
        Runnable guarded = () -> call(readable);
        Cursor next = cursor == null ? new Cursor(guarded, admission.stream.skipped(), admission.visit::position) : new Cursor(guarded, cursor);
        long resumeAt = next.resumeAt();
        cursor = next;
        admission.stream.media().join(format, LoopOf.here(admission.owner), next, resumeAt);
    }

    @Override
    public Tracks tracks(FeedFormat form) {
        return admission.stream.media().given(form);
    }

    /** A viewer that fails is closed; the others on its loop do not notice. */
    private void call(Runnable readable) {
        try {
            readable.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: {} failed to take what is there", stream(), admission.label, e);
            admission.owner.close("internal error at reading " + stream());
        }
    }

    @Override
    public ByteBuf next() {
        return valid() && cut == null && cursor != null ? cursor.next() : null;
    }

    @Override
    public void frames(ReadFrom from, Runnable readable) {
        boolean inherited = given;
        if (!valid()) {
            return;
        }
        if (inherited || cursor != null || frames != null) {
            throw new IllegalStateException("this reader has its form already");
        }
        frames = new FrameCursor(LoopOf.here(admission.owner), () -> call(readable), admission.stream.skipped()::add);
        admission.stream.media().join(frames, FrameStart.of(from));
    }

    @Override
    public Frame nextFrame() {
        Frame frame = valid() && cut == null && frames != null ? frames.next() : null;
        if (frame != null) {
            admission.visit.position(frame.dtsNanos());
        }
        return frame;
    }

    private Place place() {
        return frames == null ? cursor : frames;
    }

    @Override
    public boolean ended() {
        if (!valid()) {
            return false;
        }
        if (cut != null) {
            return true;
        }
        Place place = place();
        return place == null ? admission.stream.over() != null : place.ended();
    }

    @Override
    public String endReason() {
        if (cut != null) {
            return cut;
        }
        String over = admission.stream.over();
        String own = place() == null ? "" : place().endReason();
        return !own.isEmpty() ? own : over == null ? "" : over;
    }

    @Override
    public void onEnd(Consumer<String> reason) {
        if (valid()) {
            onEnd = reason;
        }
    }

    /** The core cuts this viewer: by the plugin's own way to say so, or like the end of the stream. */
    void end(String reason) {
        if (cut != null) {
            return;
        }
        cut = reason;
        Consumer<String> told = onEnd;
        if (told != null) {
            call(() -> told.accept(reason));
        } else if (place() != null) {
            place().end(reason);
        }
    }

    @Override
    public Segments segments(String form) {
        valid();
        return new Watched(admission.stream.media().segments(form, admission.owner.loop()), admission.visit);
    }

    @Override
    public Handle handle() {
        return admission.handle();
    }

    @Override
    public void close() {
        if (valid()) {
            admission.close();
        }
    }

    /** Gives up the place, not the admission. */
    void release() {
        if (place() != null) {
            place().leave();
        }
        cursor = null;
        frames = null;
    }

    /** Takes over from the version before at the first use; false when a later one did so with this. */
    private boolean valid() {
        if (admission.isOver()) {
            return false;
        }
        if (given) {
            given = false;
            ReaderLease before = admission.hold(this);
            if (before != null) {
                cursor = before.cursor;
                before.cursor = null;
                before.release();
            }
        }
        return admission.lease() == this;
    }
}
