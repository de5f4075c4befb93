package io.sluice.streams.internal;

import io.sluice.api.stream.Segment;
import io.sluice.api.stream.Segments;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.List;

/** Segments as one viewer sees them: what is found for him is how far he has got. From any thread, but for {@link #find} on his loop. */
record Watched(Segments segments, CountedVisit visit) implements Segments {
    @Override
    public List<Segment> listed() {
        return segments.listed();
    }

    @Override
    public Segment find(String path) {
        Segment found = segments.find(path);
        if (found != null) {
            visit.position(found.ptsNanos() + found.durationNanos());
        }
        return found;
    }

    @Override
    public long discontinuitySequence() {
        return segments.discontinuitySequence();
    }

    @Override
    public boolean ended() {
        return segments.ended();
    }

    @Override
    public String problem() {
        return segments.problem();
    }

    @Override
    public void onChange(Runnable task) {
        segments.onChange(task);
    }
}
