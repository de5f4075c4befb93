package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segments;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.streams.internal.event.Steps;
import io.sluice.streams.internal.event.StreamEvents;
import io.sluice.streams.internal.event.StreamTotals;
import io.sluice.streams.internal.feed.Cursor;
import io.sluice.streams.internal.feed.FeedLimits;
import io.sluice.streams.internal.feed.Feeds;
import io.sluice.streams.internal.feed.FrameCursor;
import io.sluice.streams.internal.feed.FrameFeed;
import io.sluice.streams.internal.feed.FrameStart;
import io.sluice.streams.internal.media.Ring;
import io.sluice.streams.internal.media.Starts;
import io.sluice.streams.internal.media.Timeline;
import io.sluice.streams.internal.process.Means;
import io.sluice.streams.internal.process.Views;
import io.sluice.streams.internal.segment.SegmentLimits;
import io.sluice.streams.internal.segment.Segmentations;
import io.sluice.streams.internal.visit.CountedVisit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream from its first publisher or viewer until it is offline. Everything but what says otherwise happens at its {@link Home}: the loop of its publisher, and
 * without one the loop where the last one was.
 */
final class LiveStream {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final long MILLI = 1_000_000L;

    /** Somebody came when the stream was just ending: ask again, there will be a new one. */
    static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Over() {
            super("the stream has just ended", null, false, false);
        }
    }

    private final String name;
    private final Core core;
    private final Home home;
    private final Consumer<LiveStream> onOver;
    private final Ring ring;
    private final Timeline timeline = new Timeline();
    private final Feeds feeds;
    private final Views views;
    private final FrameFeed frames;
    private final Segmentations segments;
    private final Pull pull;
    private final StreamReport report = new StreamReport();
    private final StreamEvents events;
    private final StreamTotals totals = new StreamTotals();
    private final LongAdder skipped = new LongAdder();
    private final Audience audience;
    private volatile StreamConfig config;
    private volatile State state = State.STARTING;
    private volatile long sinceMillis;
    private volatile String over;
    private volatile long usedNanos;
    private volatile StreamInfo info;
    private Ingest ingest;
    private Tracks tracks = Tracks.NONE;
    private boolean breakNext;
    private boolean cutting;
    private long cutUntilNanos;
    private long graceUntilNanos;
    private long unloadNanos;

    LiveStream(String name, StreamConfig config, Core core, Consumer<LiveStream> onOver) {
        this.name = name;
        this.config = config;
        this.core = core;
        this.onOver = onOver;
        home = new Home(core.loops().next());
        ring = new Ring(core.allocator(), core.budget(), config.bufferMillis() * MILLI, config.bufferBytes());
        feeds = new Feeds(ring, home, core.budget(), feedLimits());
        frames = new FrameFeed(ring, home, core.budget(), feedLimits());
        segments = new Segmentations(name, this::ring, home, core.formats(), core.clock(), core.budget(), segmentLimits());
        views = new Views(new Means(name, core.clock(), core.allocator(), core.budget(), home, core.loops().workers(), core.processes(), () -> this.config.bufferMillis() * MILLI,
            () -> this.config.bufferBytes(), segments), ring, feeds, feedLimits());
        pull = new Pull(this, core);
        events = new StreamEvents(core.events(), name, home);
        audience = new Audience(this, core.viewers(), this::changed);
        sinceMillis = core.clock().millis();
        usedNanos = core.clock().nanos();
        unloadNanos = usedNanos;
        info = report.info(this, tracks, ring, "", 0, sinceMillis);
        changed();
    }

    // ---- facts, from any thread

    String name() {
        return name;
    }

    StreamConfig config() {
        return config;
    }

    State state() {
        return state;
    }

    long sinceMillis() {
        return sinceMillis;
    }

    LongAdder skipped() {
        return skipped;
    }

    int viewers() {
        return audience.count();
    }

    StreamEvents events() {
        return events;
    }

    /** A visit of this stream is over. */
    void gone(CountedVisit visit) {
        if (visit.admitted()) {
            totals.add(visit.share(core.clock().millis()));
        }
    }

    /** Why it has ended, or null. */
    String over() {
        return over;
    }

    StreamInfo info() {
        return info;
    }

    Home home() {
        return home;
    }

    /** Somebody who was let in has left. */
    void left(Guest guest) {
        usedNanos = core.clock().nanos();
        audience.left(guest);
    }

    private void changed() {
        core.changed().accept(name);
    }

    /** From any thread. */
    boolean hasSegments(String form) {
        return segments.has(form);
    }

    /** Lets a viewer of segments in after the end. From any thread; the answer comes at home. */
    void admitToRemains(Runnable admitted, Consumer<Denied> denied) {
        home.execute(() -> audience.enter(Guest.VIEWER, admitted, denied));
    }

    Segments segments(String form, Executor loop) {
        return segments.open(form, loop);
    }

    private Ring ring(SegmentFormat form) {
        return views.ring(form, tracks);
    }

    void join(FeedFormat format, Executor loop, Cursor cursor, long resumeAt) {
        home.execute(() -> {
            Feeds where = resumeAt >= 0 && cursor.among() != null ? cursor.among() : views.feeds(format, tracks);
            where.join(format, loop, cursor, resumeAt);
        });
    }

    /** See {@link io.sluice.api.stream.Reader#tracks}. From any thread. */
    Tracks tracks(FeedFormat format) {
        return Views.given(format.carries(), info.tracks(), core.processes());
    }

    void join(FrameCursor cursor, FrameStart start) {
        home.execute(() -> frames.join(cursor, start));
    }

    // ---- the publisher

    /** Lets a publisher in: completes at its loop, which is then the stream's home; exceptionally with {@link Denied} or {@link Over}. From any thread. */
    CompletableFuture<Void> admit(Ingest next) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        home.execute(() -> {
            if (over != null) {
                answer.completeExceptionally(new Over());
            } else if (next.isEnded()) {
                answer.completeExceptionally(new Denied(Denied.Reason.STOPPING, "the publisher has left"));
            } else if (ingest != null && !silent(ingest)) {
                answer.completeExceptionally(busy());
            } else {
                replace(next, answer);
            }
        });
        return answer;
    }

    private boolean silent(Ingest i) {
        return core.clock().nanos() - i.lastWriteNanos >= core.settings().get().takeoverMillis() * MILLI;
    }

    private Denied busy() {
        Instant since = Instant.ofEpochMilli(ingest.sinceMillis).truncatedTo(ChronoUnit.SECONDS);
        return new Denied(Denied.Reason.BUSY, name + " is being published by " + ingest.label + " since " + since
            + (ingest.frames > 0 ? "; media flows" : "; it has just begun"));
    }

    private void replace(Ingest next, CompletableFuture<Void> answer) {
        if (ingest != null) {
            Ingest before = ingest;
            before.end("taken over by " + next.label + ", because nothing came for " + core.settings().get().takeoverMillis() / 1000 + " s");
            LOG.info("{}: {} takes over from {}, which was silent", name, next.label, before.label);
        }
        ingest = next;
        next.lastWriteNanos = core.clock().nanos();
        home.move(next.loop, () -> {
            attach(next);
            answer.complete(null);
        });
    }

    private void attach(Ingest next) {
        if (ingest != next) {
            return;
        }
        if (ring.next() > 0) {
            timeline.restart();
            breakNext = true;
            report.restart();
        }
        cutting = config.cutMillis() > 0;
        cutUntilNanos = Long.MIN_VALUE;
        LOG.info("{}: published by {}", name, next.label);
        refresh();
    }

    /** The publisher has gone, by itself or with its connection. At home. */
    void leave(Ingest gone, String reason) {
        gone.end(reason);
        if (ingest != gone || over != null) {
            return;
        }
        ingest = null;
        LOG.info("{}: {}", name, reason);
        boolean keep = config.resume() && config.graceMillis() > 0 && ring.next() > 0 || pull.isNeeded() && state == State.STARTING;
        if (!keep) {
            finish(reason);
        } else if (state != State.STARTING) {
            graceUntilNanos = core.clock().nanos() + config.graceMillis() * MILLI;
            state(State.GRACE);
        }
    }

    // ---- media

    void tracks(List<Track> declared) {
        List<Track> list = declared.stream().sorted(Comparator.comparingInt(Track::id)).toList();
        if (!breakNext && list.equals(tracks.list())) {
            return;
        }
        timeline.tracks(tracks.list(), list);
        tracks = new Tracks(breakNext ? tracks.epoch() + 1 : tracks.epoch(), list);
        breakNext = false;
        refresh();
        changed();
        events.tracks(tracks);
    }

    /** The whole way of a frame: its time, its place in the ring, then every form that somebody watches. The payload is borrowed. */
    void write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
        long now = core.clock().nanos();
        ingest.lastWriteNanos = now;
        if (ingest.owner == null) {
            ingest.visit.in(payload.readableBytes());
        }
        Track track = track(trackId);
        if (track == null) {
            report.undeclared++;
            return;
        }
        Timeline.Times times = timeline.stamp(track, ptsNanos, dtsNanos, now);
        if (times.broke() || breakNext) {
            tracks = new Tracks(tracks.epoch() + 1, tracks.list());
            breakNext = false;
        }
        if (cut(times)) {
            return;
        }
        Frame frame = ring.add(track, tracks, times, key, core.clock().millis(), payload);
        if (frame == null) {
            report.trouble = "a frame of " + payload.readableBytes() + " bytes was dropped: the buffer of " + (config.bufferBytes() >> 20)
                + " MB or the server's memory for media is too small";
            return;
        }
        ingest.frames++;
        ingest.visit.position(times.dtsNanos());
        boolean start = Starts.at(frame);
        report.wrote(frame, start);
        feeds.write(frame);
        views.write(frame);
        frames.write(frame);
        segments.write(ring, frame);
        if (start && state != State.LIVE) {
            live();
        }
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

    private void live() {
        boolean first = state == State.STARTING;
        state(State.LIVE);
        audience.enterAll();
        events.buffer(info);
        if (first) {
            Ingest asked = ingest;
            Steps.then(events.ready(input()), home, yes -> {
                if (!yes) {
                    refuse(asked, "the trigger STREAM_READY says no");
                }
            }, e -> { });
        }
    }

    /** What gives the media: a source's scheme, a publisher's protocol. */
    private String input() {
        return ingest == null ? "" : ingest.visit.facts().protocol();
    }

    /** Somebody does not want this source or publisher. */
    private void refuse(Ingest which, String reason) {
        if (which != null && which == ingest) {
            which.visit.end(reason);
        }
    }

    // ---- viewers

    /**
     * Lets somebody in, at once where there is media, otherwise when the first key frame comes or the time is up. Any thread; the answers come at home.
     *
     * @param admitted it counts from here on
     * @param again    the stream has just ended: there may be a new one
     */
    void admit(Guest guest, Runnable admitted, Consumer<Denied> denied, Runnable again) {
        home.execute(() -> {
            if (over != null) {
                again.run();
                return;
            }
            usedNanos = core.clock().nanos();
            if (state == State.LIVE || state == State.GRACE) {
                audience.enter(guest, admitted, denied);
            } else {
                audience.await(guest, admitted, denied, usedNanos + core.settings().get().startMillis() * MILLI);
                pull.check();
            }
        });
    }

    // ---- life

    /** Several times a second: what depends on time. */
    void tick() {
        if (over != null) {
            return;
        }
        long now = core.clock().nanos();
        expire(now);
        segments.tick();
        views.tick(now);
        if (state == State.GRACE && ingest == null && now - graceUntilNanos >= 0) {
            unload("the publisher did not come back", () -> state == State.GRACE && ingest == null);
        } else if (config.isPull() && !wanted(now)) {
            unload("nobody watches", () -> !wanted(core.clock().nanos()));
        } else if (!config.isPull() && ingest == null && state == State.STARTING) {
            finish("nobody publishes");
        } else {
            pull.check();
            refresh();
            events.buffer(info);
            events.rate(info, core.clock().millis(), () -> refuse(ingest, "the trigger LIVE_BANDWIDTH says no"));
        }
    }

    /** Ends unless somebody wants it to stay; then it is asked again after the idle time. */
    private void unload(String reason, BooleanSupplier still) {
        long now = core.clock().nanos();
        if (now - unloadNanos < 0) {
            refresh();
            return;
        }
        unloadNanos = now + core.settings().get().idleMillis() * MILLI;
        Steps.then(events.unload(config.isPull() ? input() : ""), home, yes -> {
            if (yes && over == null && still.getAsBoolean()) {
                finish(reason);
            }
        }, e -> { });
    }

    private void expire(long now) {
        String problem = info.problem();
        audience.expire(now, new Denied(Denied.Reason.OFFLINE, name + " has no media yet" + (problem.isEmpty() ? "" : ": " + problem)));
    }

    /** Somebody watches, waits, or did so not long ago. */
    boolean wanted(long now) {
        return config.alwaysOn() || !audience.isEmpty()
            || now - segments.lastAskedNanos(usedNanos) < core.settings().get().idleMillis() * MILLI;
    }

    /** New settings of the stream or of all: nobody is disturbed. */
    void configured(StreamConfig now) {
        config = now;
        ring.limits(now.bufferMillis() * MILLI, now.bufferBytes());
        feeds.limits(feedLimits());
        views.limits(feedLimits());
        frames.limits(feedLimits());
        segments.limits(segmentLimits());
        pull.configured();
        refresh();
    }

    void segmentsElected(String form) {
        segments.elected(form);
    }

    void processElected() {
        views.elected();
    }

    void sourceElected(String scheme) {
        pull.elected(scheme);
    }

    /** The source was tried and gave nothing: whoever waits for it learns why. */
    void unplayable(String why) {
        audience.dismiss(new Denied(Denied.Reason.OFFLINE, name + " cannot be played: " + why));
    }

    void trouble(String text) {
        report.trouble = text;
        refresh();
    }

    /** The stream is offline; a new one takes its name. Segments stay until {@link #clear}. */
    void finish(String reason) {
        if (over != null) {
            return;
        }
        over = reason;
        long newest = info.lastMillis();
        state(State.OFFLINE);
        onOver.accept(this);
        changed();
        pull.stop();
        if (ingest != null) {
            ingest.end(reason);
            ingest = null;
        }
        feeds.end(reason);
        views.end(reason);
        frames.end(reason);
        segments.end();
        ring.clear();
        audience.dismiss(new Denied(Denied.Reason.OFFLINE, name + " is offline: " + reason));
        if (core.events().wants("STREAM_END", name)) {
            core.visits().of(name).forEach(this::gone);
        }
        events.end(newest, totals);
        LOG.info("{}: offline: {}", name, reason);
    }

    /** Lets the last bytes go, once the stream is over. */
    void clear() {
        segments.clear();
    }

    private void state(State now) {
        if (state != now) {
            state = now;
            sinceMillis = core.clock().millis();
        }
        refresh();
        changed();
    }

    private void refresh() {
        info = report.info(this, tracks, ring, ingest == null ? "" : ingest.label, audience.count(), core.clock().millis());
    }

    private FeedLimits feedLimits() {
        return new FeedLimits(Math.min(core.settings().get().maxLagMillis(), config.bufferMillis()) * MILLI, config.bufferBytes(), config.mergeMillis() * MILLI);
    }

    private SegmentLimits segmentLimits() {
        return new SegmentLimits(config.segmentMillis() * MILLI, config.segmentCount(), config.bufferBytes(), core.settings().get().segmentLingerMillis() * MILLI);
    }
}
