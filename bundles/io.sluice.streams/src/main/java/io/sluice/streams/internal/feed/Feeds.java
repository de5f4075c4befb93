package io.sluice.streams.internal.feed;

import io.sluice.api.media.Frame;
import io.sluice.api.stream.FeedFormat;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.media.Ring;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** The feeds of one stream: each is opened by its first viewer and closed with its last. The stream's thread only. */
public final class Feeds {
    private final Ring ring;
    private final Executor home;
    private final MemoryBudget budget;
    private final Map<FeedFormat, Feed> feeds = new HashMap<>();
    private FeedLimits limits;
    private String end;

    public Feeds(Ring ring, Executor home, MemoryBudget budget, FeedLimits limits) {
        this.ring = ring;
        this.home = home;
        this.budget = budget;
        this.limits = limits;
    }

    public void limits(FeedLimits now) {
        limits = now;
        feeds.values().forEach(f -> f.limits(now));
    }

    public void write(Frame frame) {
        feeds.values().forEach(f -> f.write(frame));
    }

    /**
     * Gives a viewer its place in a feed of this form.
     *
     * @param loop     the viewer's; the cursor is touched there alone
     * @param resumeAt the frame to go on with, or -1 to start with the newest key frame
     */
    public void join(FeedFormat format, Executor loop, Cursor cursor, long resumeAt) {
        cursor.among(this);
        if (end != null) {
            String reason = end;
            loop.execute(() -> cursor.end(reason));
            return;
        }
        Feed feed = feeds.get(format);
        if (feed == null) {
            try {
                feed = open(format, resumeAt);
            } catch (RuntimeException | LinkageError e) {
                loop.execute(() -> cursor.end("the " + format.name() + " muxer cannot be opened: " + e));
                return;
            }
        }
        feed.join(loop, cursor, resumeAt);
    }

    public int count() {
        return feeds.size();
    }

    /** No more frames: viewers hand out what they have and end. */
    public void end(String reason) {
        end = reason;
        feeds.values().forEach(f -> f.end(reason));
    }

    /**
     * Another version of a form begins far enough back for every viewer of the versions in use, so each of them can move to it in its own time. It begins a frame
     * early where it can: the first chunk of a muxer carries headers that nobody must get a second time.
     */
    private Feed open(FeedFormat format, long resumeAt) {
        long from = ring.joinPoint();
        if (resumeAt >= 0) {
            from = Math.min(from, resumeAt);
        }
        for (Feed other : feeds.values()) {
            if (other.format().name().equals(format.name())) {
                from = Math.min(from, other.oldest());
            }
        }
        from = Math.max(ring.first(), ring.keyAtOrBefore(from) - 1);
        Feed feed = new Feed(format, home, limits, budget, from, this::close);
        feeds.put(format, feed);
        for (long s = from; s < ring.next(); s++) {
            feed.write(ring.get(s));
        }
        return feed;
    }

    private void close(Feed feed) {
        feeds.remove(feed.format(), feed);
        feed.close();
    }
}
