package io.sluice.streams.internal.process;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.streams.internal.feed.FeedLimits;
import io.sluice.streams.internal.feed.Feeds;
import io.sluice.streams.internal.media.Ring;
import io.sluice.streams.internal.media.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A stream as it is for forms that carry certain codecs: tracks of those as they are, others as processes make them. It has a ring of its own, whose numbers are the places of
 * its viewers; all other viewers of the stream notice nothing. At the stream's home.
 */
final class View {
    private static final long NOTHING = Long.MIN_VALUE;
    /** A process that failed is begun anew after so long. */
    private static final long AGAIN_NANOS = 5_000_000_000L;

    private final Means means;
    private final Set<Codec> carried;
    private final Ring ring;
    private final Feeds feeds;
    private final Map<Integer, Conversion> conversions = new HashMap<>();
    private final Map<Integer, Long> newest = new HashMap<>();
    private List<Plan.Step> steps = List.of();
    private Tracks given;
    private Tracks tracks = Tracks.NONE;
    private long idleSinceNanos;
    private long againNanos = NOTHING;

    View(Means means, Set<Codec> carried, Ring of, FeedLimits limits) {
        this.means = means;
        this.carried = Set.copyOf(carried);
        this.ring = new Ring(means.allocator(), means.budget(), means.windowNanos(), means.maxBytes());
        this.feeds = new Feeds(ring, means.home(), means.budget(), limits);
        idleSinceNanos = means.clock().nanos();
        for (long s = of.joinPoint(); s < of.next(); s++) {
            write(of.get(s));
        }
    }

    Feeds feeds() {
        return feeds;
    }

    Ring ring() {
        return ring;
    }

    void limits(FeedLimits now) {
        feeds.limits(now);
        ring.limits(means.windowNanos(), means.maxBytes());
    }

    /** A frame of the stream. */
    void write(Frame frame) {
        if (frame.tracks() != given) {
            given = frame.tracks();
            plan();
        }
        Plan.Step step = step(frame.track().id());
        if (step == null || step.output() == null) {
            return;
        }
        if (step.isCarried()) {
            add(step.output(), new Timeline.Times(frame.ptsNanos(), frame.dtsNanos(), false), frame.key(), frame.arrivedMillis(), frame.payload());
        } else if (conversions.containsKey(step.input().id())) {
            conversions.get(step.input().id()).write(frame);
        }
    }

    private Plan.Step step(int id) {
        for (Plan.Step step : steps) {
            if (step.input().id() == id) {
                return step;
            }
        }
        return null;
    }

    /** The tracks are others, or the processes. */
    void plan() {
        if (given == null) {
            return;
        }
        List<Plan.Step> next = Plan.of(given.list(), carried, means.processes());
        conversions.values().removeIf(c -> {
            boolean goes = !next.contains(c.step()) || !means.isElected(c);
            if (goes) {
                c.close();
            }
            return goes;
        });
        steps = next;
        newest.keySet().retainAll(next.stream().map(s -> s.input().id()).toList());
        steps.stream().filter(s -> s.process() != null && !conversions.containsKey(s.input().id())).forEach(this::begin);
        List<Track> list = steps.stream().map(Plan.Step::output).filter(Objects::nonNull).toList();
        if (given.epoch() != tracks.epoch() || !list.equals(tracks.list())) {
            newest.clear();
            tracks = new Tracks(given.epoch(), list);
        }
        steps.stream().filter(s -> s.output() == null && s.input().kind() == MediaKind.AUDIO).forEach(means::unheard);
    }

    private void begin(Plan.Step step) {
        Conversion conversion = means.convert(step, this::made);
        if (conversion != null) {
            conversions.put(step.input().id(), conversion);
            conversion.start();
        }
    }

    private void made(Conversion from, long ptsNanos, boolean key, ByteBuf payload) {
        if (conversions.get(from.step().input().id()) == from) {
            add(from.step().output(), new Timeline.Times(ptsNanos, ptsNanos, false), key, means.clock().millis(), payload);
        }
    }

    private void add(Track track, Timeline.Times times, boolean key, long arrivedMillis, ByteBuf payload) {
        if (times.dtsNanos() <= newest.getOrDefault(track.id(), NOTHING)) {
            return;
        }
        Frame frame = ring.add(track, tracks, times, key, arrivedMillis, payload);
        if (frame != null) {
            newest.put(track.id(), times.dtsNanos());
            feeds.write(frame);
            means.segments().write(ring, frame);
        }
    }

    /** @return whether nobody has used it for the linger time */
    boolean isIdle(long nowNanos, long lingerNanos) {
        if (feeds.count() > 0 || means.segments().uses(ring)) {
            idleSinceNanos = nowNanos;
        }
        revive(nowNanos);
        return nowNanos - idleSinceNanos >= lingerNanos;
    }

    private void revive(long nowNanos) {
        boolean failed = conversions.values().stream().anyMatch(c -> !c.failure().isEmpty());
        if (!failed) {
            againNanos = NOTHING;
        } else if (againNanos == NOTHING) {
            againNanos = nowNanos + AGAIN_NANOS;
        } else if (nowNanos - againNanos >= 0) {
            againNanos = NOTHING;
            conversions.values().removeIf(c -> {
                boolean goes = !c.failure().isEmpty();
                if (goes) {
                    c.close();
                }
                return goes;
            });
            plan();
        }
    }

    void close(String reason) {
        conversions.values().forEach(Conversion::close);
        conversions.clear();
        feeds.end(reason);
        ring.clear();
    }
}
