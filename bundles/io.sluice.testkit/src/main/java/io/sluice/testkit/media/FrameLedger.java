package io.sluice.testkit.media;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was published, track by track, and the comparison with what a viewer got: from the viewer's first frame on, every payload once and in order.
 * Written by the publisher's thread, read by the test's.
 */
public final class FrameLedger {
    private final Map<Kind, List<Seen>> published = new EnumMap<>(Kind.class);

    public synchronized void published(MediaFrame frame) {
        if (!frame.header()) {
            published.computeIfAbsent(frame.kind(), k -> new ArrayList<>()).add(frame.seen());
        }
    }

    /** An immutable copy of what was published so far. */
    public synchronized List<Seen> published(Kind kind) {
        return List.copyOf(published.getOrDefault(kind, List.of()));
    }

    /** What is wrong with what a viewer got, one sentence each; empty when all is well. */
    public List<String> faults(Kind kind, List<Seen> received) {
        return Comparison.best(kind, published(kind), received).faults();
    }

    /**
     * Also wants the times: the viewer's clock may have another origin, but must keep the publisher's distances.
     *
     * @param toleranceMillis rounding that the container allows: 1 for milliseconds
     */
    public List<String> faults(Kind kind, List<Seen> received, long toleranceMillis) {
        Comparison comparison = Comparison.best(kind, published(kind), received);
        List<String> all = new ArrayList<>(comparison.faults());
        all.addAll(comparison.timeFaults(toleranceMillis));
        return all;
    }

    /**
     * @param atLeast frames that must have come, so that an empty list cannot pass
     * @throws AssertionError with everything that is wrong
     */
    public void requireExact(String viewer, Kind kind, List<Seen> received, int atLeast) {
        List<String> faults = new ArrayList<>(faults(kind, received));
        if (received.size() < atLeast) {
            faults.add("only " + received.size() + " frames came, at least " + atLeast + " were expected");
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(viewer + ", " + kind + ":\n  " + String.join("\n  ", faults));
        }
    }
}
