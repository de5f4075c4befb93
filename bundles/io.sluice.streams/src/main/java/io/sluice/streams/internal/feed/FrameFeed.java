package io.sluice.streams.internal.feed;

import io.sluice.api.media.Frame;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.media.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The frames of one stream as they are, for readers that make bytes of their own. There is no window beside the ring: a reader may be as far behind as that reaches. The stream's thread only. */
public final class FrameFeed {
    private final Ring ring;
    private final Executor home;
    private final MemoryBudget budget;
    private final List<FrameCursor> cursors = new ArrayList<>(2);
    private final Merge merge = new Merge();
    private long mergeNanos;
    private String end;

    public FrameFeed(Ring ring, Executor home, MemoryBudget budget, FeedLimits limits) {
        this.ring = ring;
        this.home = home;
        this.budget = budget;
        limits(limits);
    }

    public void limits(FeedLimits now) {
        mergeNanos = now.mergeNanos();
    }

    Ring ring() {
        return ring;
    }

    Executor home() {
        return home;
    }

    MemoryBudget budget() {
        return budget;
    }

    /** The frame is in the ring. */
    public void write(Frame frame) {
        if (cursors.isEmpty()) {
            return;
        }
        boolean wakes = merge.wakes(frame, mergeNanos);
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).written(wakes);
        }
    }

    public void join(FrameCursor cursor, FrameStart start) {
        if (!cursor.attach(this)) {
            return;
        }
        cursors.add(cursor);
        cursor.begin(start);
        if (end != null) {
            finish(cursor, end);
        }
    }

    /** Ends one reader: it gets what has come by now. */
    void finish(FrameCursor cursor, String reason) {
        if (cursors.remove(cursor)) {
            cursor.finish(reason);
        }
    }

    void remove(FrameCursor cursor) {
        cursors.remove(cursor);
    }

    /** No more frames: readers get the rest of the ring, however far behind they are. Before the ring is cleared. */
    public void end(String reason) {
        end = reason;
        cursors.forEach(c -> c.finish(reason));
        cursors.clear();
    }
}
