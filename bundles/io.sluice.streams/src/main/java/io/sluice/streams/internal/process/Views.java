package io.sluice.streams.internal.process;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.process.StreamProcess;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.feed.FeedLimits;
import io.sluice.streams.internal.feed.Feeds;
import io.sluice.streams.internal.media.Ring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The views of one stream: each is made for the first viewer who needs it and goes some time after the last one. At the stream's home, but for {@link #tracks}. */
public final class Views {
    /** Viewers who reload a page come back sooner. */
    private static final long LINGER_NANOS = 10_000_000_000L;

    private final Means means;
    private final Ring ring;
    private final Feeds plain;
    private final Map<Set<Codec>, View> views = new HashMap<>();
    private FeedLimits limits;

    /** @param plain the feeds of the stream as it was published */
    public Views(Means means, Ring ring, Feeds plain, FeedLimits limits) {
        this.means = means;
        this.ring = ring;
        this.plain = plain;
        this.limits = limits;
    }

    /** Where a viewer of this form belongs who has no place yet. @param tracks of the stream now */
    public Feeds feeds(FeedFormat form, Tracks tracks) {
        Set<Codec> carried = form.carries();
        if (carried.isEmpty() || tracks.list().stream().allMatch(t -> carried.contains(t.codec()))) {
            return plain;
        }
        return view(carried).feeds();
    }

    /** Where a form of segments finds its frames: the stream's own, unless a process makes something of them that it can carry. @param tracks of the stream now */
    public Ring ring(SegmentFormat form, Tracks tracks) {
        Set<Codec> carried = form == null ? Set.of() : form.carries();
        boolean made = !carried.isEmpty() && Plan.of(tracks.list(), carried, means.processes()).stream().anyMatch(s -> s.process() != null);
        return made ? view(carried).ring() : ring;
    }

    private View view(Set<Codec> carried) {
        return views.computeIfAbsent(Set.copyOf(carried), c -> new View(means, c, ring, limits));
    }

    /** What a form is given of these tracks: without those that nobody can make. From any thread. @param carried empty for all */
    public static Tracks given(Set<Codec> carried, Tracks tracks, Elected<StreamProcess> processes) {
        return changed(carried, tracks, processes, Plan.Step::output);
    }

    /** See {@link io.sluice.api.stream.Streams#tracks}. From any thread. @param carried empty for all */
    public static Tracks possible(Set<Codec> carried, Tracks tracks, Elected<StreamProcess> processes) {
        return changed(carried, tracks, processes, step -> step.output() == null ? step.input() : step.output());
    }

    private static Tracks changed(Set<Codec> carried, Tracks tracks, Elected<StreamProcess> processes, Function<Plan.Step, Track> which) {
        if (carried.isEmpty()) {
            return tracks;
        }
        List<Track> list = Plan.of(tracks.list(), carried, processes).stream().map(which).filter(Objects::nonNull).toList();
        return list.equals(tracks.list()) ? tracks : new Tracks(tracks.epoch(), list);
    }

    public void write(Frame frame) {
        if (!views.isEmpty()) {
            views.values().forEach(view -> view.write(frame));
        }
    }

    /** Processes have come or gone. */
    public void elected() {
        views.values().forEach(View::plan);
    }

    public void limits(FeedLimits now) {
        limits = now;
        views.values().forEach(view -> view.limits(now));
    }

    public void tick(long nowNanos) {
        views.values().removeIf(view -> {
            boolean goes = view.isIdle(nowNanos, LINGER_NANOS);
            if (goes) {
                view.close("nobody needs it");
            }
            return goes;
        });
    }

    public void end(String reason) {
        views.values().forEach(view -> view.close(reason));
        views.clear();
    }
}
