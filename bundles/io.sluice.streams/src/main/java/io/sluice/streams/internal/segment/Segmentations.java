package io.sluice.streams.internal.segment;

import io.sluice.api.media.Frame;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segments;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.media.Ring;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The segmented forms of one stream, each from the first who asks on. The stream's thread only, but for {@link #open} and {@link #lastAskedNanos}. */
public final class Segmentations {
    private final String stream;
    private final Function<SegmentFormat, Ring> rings;
    private final Executor home;
    private final Elected<SegmentFormat> formats;
    private final Clock clock;
    private final MemoryBudget budget;
    private final Map<String, Segmentation> forms = new ConcurrentHashMap<>();
    private volatile SegmentLimits limits;
    private volatile boolean ended;

    /** @param rings where a form finds frames that it can carry; asked each time that it begins */
    public Segmentations(String stream, Function<SegmentFormat, Ring> rings, Executor home, Elected<SegmentFormat> formats, Clock clock, MemoryBudget budget, SegmentLimits limits) {
        this.stream = stream;
        this.rings = rings;
        this.home = home;
        this.formats = formats;
        this.clock = clock;
        this.budget = budget;
        this.limits = limits;
    }

    /**
     * From any thread.
     *
     * @param loop where the viewer is told of changes
     * @throws IllegalArgumentException when no plugin offers the form
     */
    public Segments open(String form, Executor loop) {
        Segmentation s = forms.get(form);
        if (s == null) {
            if (formats.get(form) == null) {
                throw new IllegalArgumentException("no plugin offers segments in the form '" + form + "'");
            }
            s = forms.computeIfAbsent(form, f -> new Segmentation(stream, f, formats, clock, budget, limits));
        }
        return new SegmentsView(s, loop, this);
    }

    /** From any thread. */
    public boolean has(String form) {
        Segmentation s = forms.get(form);
        return s != null && !s.shelf().listed().isEmpty();
    }

    /** From any thread. */
    void start(Segmentation s) {
        home.execute(() -> {
            if (ended) {
                s.end();
            } else {
                Plugin<SegmentFormat> format = formats.get(s.form());
                s.start(rings.apply(format == null ? null : format.service()));
            }
        });
    }

    public void limits(SegmentLimits now) {
        limits = now;
        forms.values().forEach(s -> s.limits(now));
    }

    /** @param of where the frame is */
    public void write(Ring of, Frame frame) {
        forms.values().forEach(s -> s.write(of, frame));
    }

    /** A form takes frames from there. */
    public boolean uses(Ring which) {
        return forms.values().stream().anyMatch(s -> s.uses(which));
    }

    public void elected(String form) {
        Segmentation s = forms.get(form);
        if (s != null) {
            s.elected();
        }
    }

    public void tick() {
        forms.values().forEach(Segmentation::tick);
    }

    /** What is open is finished and stays findable until {@link #clear}. */
    public void end() {
        ended = true;
        forms.values().forEach(Segmentation::end);
    }

    public void clear() {
        forms.values().forEach(s -> s.shelf().clear());
    }

    /** When somebody last used a form, or the other time where that is later. From any thread. */
    public long lastAskedNanos(long otherwise) {
        return forms.values().stream().mapToLong(Segmentation::askedNanos).reduce(otherwise, (a, b) -> b - a > 0 ? b : a);
    }
}
