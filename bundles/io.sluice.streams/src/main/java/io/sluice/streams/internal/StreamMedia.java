package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segments;
import io.sluice.streams.internal.feed.Cursor;
import io.sluice.streams.internal.feed.FeedLimits;
import io.sluice.streams.internal.feed.Feeds;
import io.sluice.streams.internal.feed.FrameCursor;
import io.sluice.streams.internal.feed.FrameFeed;
import io.sluice.streams.internal.feed.FrameStart;
import io.sluice.streams.internal.media.Ring;
import io.sluice.streams.internal.media.Timeline;
import io.sluice.streams.internal.process.Means;
import io.sluice.streams.internal.process.Views;
import io.sluice.streams.internal.segment.SegmentLimits;
import io.sluice.streams.internal.segment.Segmentations;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;

/** The media of one stream: a frame's whole way, from its time over its place in the ring to every form that somebody watches. At the stream's {@link Home}, but for what says otherwise. */
final class StreamMedia {
    private static final long MILLI = 1_000_000L;

    private final Core core;
    private final Home home;
    private final StreamReport report;
    private final Ring ring;
    private final Timeline timeline = new Timeline();
    private final Feeds feeds;
    private final FrameFeed frames;
    private final Segmentations segments;
    private final Views views;
    private StreamConfig config;
    private volatile Tracks tracks = Tracks.NONE; // written at home
    private boolean breakNext;
    private boolean cutting;
    private long cutUntilNanos;

    StreamMedia(String name, StreamConfig config, Core core, Home home, StreamReport report) {
        this.config = config;
        this.core = core;
        this.home = home;
        this.report = report;
        ring = new Ring(core.allocator(), core.budget(), config.bufferMillis() * MILLI, config.bufferBytes());
        feeds = new Feeds(ring, home, core.budget(), feedLimits());
        frames = new FrameFeed(ring, home, core.budget(), feedLimits());
        segments = new Segmentations(name, this::ring, home, core.formats(), core.clock(), core.budget(), segmentLimits());
        views = new Views(new Means(name, core.clock(), core.allocator(), core.budget(), home, core.loops().workers(), core.processes(), () -> this.config.bufferMillis() * MILLI,
            () -> this.config.bufferBytes(), segments), ring, feeds, feedLimits());
    }

    Ring ring() {
        return ring;
    }

    private Ring ring(SegmentFormat form) {
        return views.ring(form, tracks);
    }

    Tracks tracks() {
        return tracks;
    }

    /** No frame has come yet. */
    boolean isEmpty() {
        return ring.next() == 0;
    }

    // ---- who writes

    /** Another publisher from here on. */
    void begin() {
        if (!isEmpty()) {
            timeline.restart();
            breakNext = true;
            report.restart();
        }
        cutting = config.cutMillis() > 0;
        cutUntilNanos = Long.MIN_VALUE;
    }

    /** @return whether these are others than before */
    boolean declare(List<Track> declared) {
        List<Track> list = declared.stream().sorted(Comparator.comparingInt(Track::id)).toList();
        if (!breakNext && list.equals(tracks.list())) {
            return false;
        }
        timeline.tracks(tracks.list(), list);
        tracks = new Tracks(breakNext ? tracks.epoch() + 1 : tracks.epoch(), list);
        breakNext = false;
        return true;
    }

    /**
     * @param payload borrowed
     * @return what the ring took, or null: its track is unknown, it is cut off, or there is no room
     */
    Frame write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
        Track track = track(trackId);
        if (track == null) {
            report.undeclared++;
            return null;
        }
        Timeline.Times times = timeline.stamp(track, ptsNanos, dtsNanos, core.clock().nanos());
        if (times.broke() || breakNext) {
            tracks = new Tracks(tracks.epoch() + 1, tracks.list());
            breakNext = false;
        }
        if (cut(times)) {
            return null;
        }
        Frame frame = ring.add(track, tracks, times, key, core.clock().millis(), payload);
        if (frame == null) {
            report.trouble = "a frame of " + payload.readableBytes() + " bytes was dropped: the buffer of " + (config.bufferBytes() >> 20)
                + " MB or the server's memory for media is too small";
            return null;
        }
        feeds.write(frame);
        views.write(frame);
        frames.write(frame);
        segments.write(ring, frame);
        return frame;
    }

    private Track track(int id) {
        for (Track t : tracks.list()) {
            if (t.id() == id) {
                return t;
            }
        }
        return null;
    }

    private boolean cut(Timeline.Times times) {
        if (cutting) {
            cutUntilNanos = cutUntilNanos == Long.MIN_VALUE ? times.dtsNanos() + config.cutMillis() * MILLI : cutUntilNanos;
            cutting = times.dtsNanos() < cutUntilNanos;
        }
        return cutting;
    }

    // ---- who reads, from any thread

    void join(FeedFormat format, Executor loop, Cursor cursor, long resumeAt) {
        home.execute(() -> {
            Feeds where = resumeAt >= 0 && cursor.among() != null ? cursor.among() : views.feeds(format, tracks);
            where.join(format, loop, cursor, resumeAt);
        });
    }

    void join(FrameCursor cursor, FrameStart start) {
        home.execute(() -> frames.join(cursor, start));
    }

    /** See {@link io.sluice.api.stream.Reader#tracks}. */
    Tracks given(FeedFormat format) {
        return Views.given(format.carries(), tracks, core.processes());
    }

    boolean hasSegments(String form) {
        return segments.has(form);
    }

    Segments segments(String form, Executor loop) {
        return segments.open(form, loop);
    }

    // ---- life

    void tick() {
        segments.tick();
        views.tick(core.clock().nanos());
    }

    /** When somebody asked for a segment last, but not before {@code nanos}. */
    long lastAskedNanos(long nanos) {
        return segments.lastAskedNanos(nanos);
    }

    void processElected() {
        views.elected();
    }

    void segmentsElected(String form) {
        segments.elected(form);
    }

    void configured(StreamConfig now) {
        config = now;
        ring.limits(now.bufferMillis() * MILLI, now.bufferBytes());
        feeds.limits(feedLimits());
        views.limits(feedLimits());
        frames.limits(feedLimits());
        segments.limits(segmentLimits());
    }

    /** Who reads frames is told so. Segments stay until {@link #clear}. */
    void end(String reason) {
        feeds.end(reason);
        views.end(reason);
        frames.end(reason);
        segments.end();
        ring.clear();
    }

    void clear() {
        segments.clear();
    }

    private FeedLimits feedLimits() {
        return new FeedLimits(Math.min(core.settings().get().maxLagMillis(), config.bufferMillis()) * MILLI, config.bufferBytes(), config.mergeMillis() * MILLI);
    }

    private SegmentLimits segmentLimits() {
        return new SegmentLimits(config.segmentMillis() * MILLI, config.segmentCount(), config.bufferBytes(), core.settings().get().segmentLingerMillis() * MILLI);
    }
}
