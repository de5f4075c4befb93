package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.streams.internal.event.Steps;
import io.sluice.streams.internal.event.StreamEvents;
import io.sluice.streams.internal.event.StreamTotals;
import io.sluice.streams.internal.media.Starts;
import io.sluice.streams.internal.visit.CountedVisit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    private final StreamMedia media;
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
    private long graceUntilNanos;
    private long unloadNanos;

    LiveStream(String name, StreamConfig config, Core core, Consumer<LiveStream> onOver) {
        this.name = name;
        this.config = config;
        this.core = core;
        this.onOver = onOver;
        home = new Home(core.loops().next());
        media = new StreamMedia(name, config, core, home, report);
        pull = new Pull(this, core);
        events = new StreamEvents(core.events(), name, home);
        audience = new Audience(this, core.viewers(), this::changed);
        sinceMillis = core.clock().millis();
        usedNanos = core.clock().nanos();
        unloadNanos = usedNanos;
        info = report.info(this, media.tracks(), media.ring(), "", 0, sinceMillis);
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

    /** What readers read. */
    StreamMedia media() {
        return media;
    }

    /** Lets a viewer of segments in after the end. From any thread; the answer comes at home. */
    void admitToRemains(Runnable admitted, Consumer<Denied> denied) {
        home.execute(() -> audience.enter(Guest.VIEWER, admitted, denied));
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
        media.begin();
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
        boolean keep = config.resume() && config.graceMillis() > 0 && !media.isEmpty() || pull.isNeeded() && state == State.STARTING;
        if (!keep) {
            finish(reason);
        } else if (state != State.STARTING) {
            graceUntilNanos = core.clock().nanos() + config.graceMillis() * MILLI;
            state(State.GRACE);
        }
    }

    // ---- media

    void tracks(List<Track> declared) {
        if (!media.declare(declared)) {
            return;
        }
        refresh();
        changed();
        events.tracks(media.tracks());
    }

    /** A frame of the publisher's. The payload is borrowed. */
    void write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
        ingest.lastWriteNanos = core.clock().nanos();
        if (ingest.owner == null) {
            ingest.visit.in(payload.readableBytes());
        }
        Frame frame = media.write(trackId, ptsNanos, dtsNanos, key, payload);
        if (frame == null) {
            return;
        }
        ingest.frames++;
        ingest.visit.position(frame.dtsNanos());
        boolean start = Starts.at(frame);
        report.wrote(frame, start);
        if (start && state != State.LIVE) {
            live();
        }
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
        media.tick();
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
            || now - media.lastAskedNanos(usedNanos) < core.settings().get().idleMillis() * MILLI;
    }

    /** New settings of the stream or of all: nobody is disturbed. */
    void configured(StreamConfig now) {
        config = now;
        media.configured(now);
        pull.configured();
        refresh();
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

    /** The stream is offline; a new one takes its name. Its segments stay until {@link StreamMedia#clear}. */
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
        media.end(reason);
        audience.dismiss(new Denied(Denied.Reason.OFFLINE, name + " is offline: " + reason));
        if (core.events().wants("STREAM_END", name)) {
            core.visits().of(name).forEach(this::gone);
        }
        events.end(newest, totals);
        LOG.info("{}: offline: {}", name, reason);
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
        info = report.info(this, media.tracks(), media.ring(), ingest == null ? "" : ingest.label, audience.count(), core.clock().millis());
    }
}
