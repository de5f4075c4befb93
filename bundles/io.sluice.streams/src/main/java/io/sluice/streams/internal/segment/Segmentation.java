package io.sluice.streams.internal.segment;

import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segmenter;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.media.Ring;
import io.sluice.streams.internal.media.Starts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One segmented form of one stream. One segmenter writes at any moment; another version takes over before a key frame is written, from the snapshot that the one before leaves.
 * The stream's thread only, but for {@link #shelf}, {@link #asked} and {@link #problem}.
 */
final class Segmentation {
    private static final Logger LOG = LoggerFactory.getLogger(Segmentation.class);

    private final String stream;
    private final String form;
    /** Where its frames are; another one may be, each time that it begins. */
    private Ring ring;
    private final Elected<SegmentFormat> formats;
    private final Clock clock;
    private final Shelf shelf;
    private SegmentLimits limits;
    private Elected.Use<SegmentFormat> running;
    private Segmenter segmenter;
    private Snapshot left;
    private boolean change;
    private long position;
    private Tracks judged;
    private volatile boolean active;
    private volatile long askedNanos;
    private volatile String problem = "";

    Segmentation(String stream, String form, Elected<SegmentFormat> formats, Clock clock, MemoryBudget budget, SegmentLimits limits) {
        this.stream = stream;
        this.form = form;
        this.formats = formats;
        this.clock = clock;
        this.limits = limits;
        shelf = new Shelf(budget, limits);
        askedNanos = clock.nanos();
    }

    Shelf shelf() {
        return shelf;
    }

    String form() {
        return form;
    }

    String problem() {
        return problem;
    }

    long askedNanos() {
        return askedNanos;
    }

    /** Somebody uses it. @return whether it must be started */
    boolean asked() {
        askedNanos = clock.nanos();
        return !active;
    }

    void limits(SegmentLimits now) {
        change |= segmenter != null && now.targetNanos() != limits.targetNanos();
        limits = now;
        shelf.limits(now);
    }

    /** Begins as far back as a list is long, or where it stopped, and catches up with the newest frame. */
    void start(Ring of) {
        if (active || shelf.ended()) {
            return;
        }
        if (ring != of) {
            ring = of;
            position = 0;
        }
        active = true;
        askedNanos = clock.nanos();
        Frame newest = ring.newest();
        if (newest != null) {
            position = Math.max(position, ring.keyNotAfter(newest.dtsNanos() - (limits.count() + 1) * limits.targetNanos()));
        }
        open();
    }

    /** It takes frames from there. */
    boolean uses(Ring which) {
        return active && ring == which;
    }

    /** A version was elected, or none: it takes effect before the next key frame. */
    void elected() {
        if (!active) {
            return;
        }
        if (segmenter == null) {
            open();
        } else {
            change = formats.get(form) != running.plugin();
        }
    }

    /** @param of where the frame is */
    void write(Ring of, Frame frame) {
        if (of != ring || !active || segmenter == null) {
            return;
        }
        if (change && Starts.at(frame)) {
            change();
        }
        if (segmenter != null) {
            put(frame);
        }
    }

    /** Stops what nobody asks for. */
    void tick() {
        if (active && clock.nanos() - askedNanos > limits.lingerNanos()) {
            stop();
            shelf.clear();
        }
    }

    void end() {
        stop();
        shelf.end();
    }

    private void open() {
        Elected.Use<SegmentFormat> use = formats.use(form);
        if (use == null) {
            problem = "no plugin makes " + form + " segments now";
            return;
        }
        try {
            segmenter = use.service().open(limits.targetNanos(), left);
            running = use;
            change = false;
            judged = null;
        } catch (RuntimeException | LinkageError e) {
            use.close();
            fail(e);
            return;
        }
        catchUp();
    }

    private void catchUp() {
        for (long s = ring.keyAtOrAfter(Math.max(position, ring.first())); s < ring.next() && segmenter != null; s++) {
            put(ring.get(s));
        }
    }

    private void put(Frame frame) {
        try {
            judge(frame.tracks());
            segmenter.write(frame, shelf::add);
            position = frame.sequence() + 1;
        } catch (RuntimeException | LinkageError e) {
            fail(e);
        }
    }

    private void judge(Tracks tracks) {
        if (tracks != judged) {
            judged = tracks;
            problem = running.service().problem(tracks);
        }
    }

    /** Before a key frame: the old version ends its segment, the new one goes on from its snapshot. Where it cannot, the old one does. */
    private void change() {
        change = false;
        Elected.Use<SegmentFormat> old = running;
        try {
            left = segmenter.finish(shelf::add);
        } catch (RuntimeException | LinkageError e) {
            fail(e);
            return;
        }
        segmenter = null;
        Elected.Use<SegmentFormat> next = formats.use(form);
        if (next == null) {
            release();
            problem = "no plugin makes " + form + " segments now";
            return;
        }
        try {
            segmenter = next.service().open(limits.targetNanos(), left);
            running = next;
            old.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: {} cannot go on with {} segments where {} stopped; the old version goes on: {}", stream, next.plugin().bundle(), form,
                old.plugin().bundle(), e.toString());
            next.close();
            goBack(old);
        }
        judged = null;
    }

    private void goBack(Elected.Use<SegmentFormat> old) {
        try {
            segmenter = old.service().open(limits.targetNanos(), left);
        } catch (RuntimeException | LinkageError e) {
            fail(e);
        }
    }

    private void stop() {
        if (segmenter != null) {
            try {
                left = segmenter.finish(shelf::add);
            } catch (RuntimeException | LinkageError e) {
                fail(e);
            }
        }
        active = false;
        release();
    }

    private void fail(Throwable e) {
        LOG.warn("{}: {} segments stopped: the segmenter failed", stream, form, e);
        problem = form + " segments stopped: the segmenter failed (" + e.getMessage() + ")";
        release();
    }

    private void release() {
        segmenter = null;
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
