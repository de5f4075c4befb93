package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segments;
import io.sluice.streams.internal.feed.Cursor;

/** The reader as one version of a plugin holds it; void from the first use of a later one. On its connection's loop. */
final class ReaderLease implements Reader {
    private final Admission admission;
    private Cursor cursor;
    private boolean given;

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
    public void open(FeedFormat format, Runnable readable) {
        if (!valid()) {
            return;
        }
        Cursor next = cursor == null ? new Cursor(readable, admission.stream.skipped()) : new Cursor(readable, cursor);
        long resumeAt = next.resumeAt();
        cursor = next;
        admission.stream.join(format, admission.owner.loop(), next, resumeAt);
    }

    @Override
    public ByteBuf next() {
        return valid() && cursor != null ? cursor.next() : null;
    }

    @Override
    public boolean ended() {
        if (!valid()) {
            return false;
        }
        return cursor == null ? admission.stream.over() != null : cursor.ended();
    }

    @Override
    public String endReason() {
        String over = admission.stream.over();
        String own = cursor == null ? "" : cursor.endReason();
        return !own.isEmpty() ? own : over == null ? "" : over;
    }

    @Override
    public Segments segments(String form) {
        valid();
        return admission.stream.segments(form, admission.owner.loop());
    }

    @Override
    public Handle handle() {
        return new Handle(admission.id);
    }

    @Override
    public void close() {
        if (valid()) {
            release();
            admission.close();
        }
    }

    /** Gives up the place, not the admission. */
    void release() {
        if (cursor != null) {
            cursor.leave();
            cursor = null;
        }
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
            }
        }
        return admission.lease() == this;
    }
}
