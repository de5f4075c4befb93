package io.sluice.testkit.media;

import java.util.ArrayList;
import java.util.List;

/**
 * One walk along what was published and what was received, from one starting point. A looped clip or silence repeats payloads, so the first
 * received frame may fit several places: that where the walk goes well longest is the starting point.
 */
final class Comparison {
    /** Enough to see a pattern; the rest would only repeat it. */
    private static final int MAX_FAULTS = 10;
    /** How far the walk looks for its place again: 20 s of 50 frames a second. */
    private static final int WINDOW = 1000;

    private final Kind kind;
    private final List<Seen> published;
    private final List<Seen> received;
    private final List<String> faults = new ArrayList<>();
    /** For each received frame that fitted: its published index; -1 for others. */
    private final List<Integer> places = new ArrayList<>();

    private Comparison(Kind kind, List<Seen> published, List<Seen> received) {
        this.kind = kind;
        this.published = published;
        this.received = received;
    }

    static Comparison best(Kind kind, List<Seen> published, List<Seen> received) {
        Comparison best = new Comparison(kind, published, received);
        int start = -1;
        int length = 0;
        for (int i = 0; i < published.size() && !received.isEmpty(); i++) {
            int run = best.runFrom(i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        best.walk(start);
        return best;
    }

    List<String> faults() {
        return faults;
    }

    private int runFrom(int start) {
        int n = 0;
        while (n < received.size() && start + n < published.size() && same(start + n, n)) {
            n++;
        }
        return n;
    }

    private boolean same(int p, int r) {
        return published.get(p).hash().equals(received.get(r).hash());
    }

    private void walk(int start) {
        if (start < 0 && !received.isEmpty()) {
            faults.add("the first received frame (" + received.get(0).hash() + ") is none of the " + published.size() + " published");
            return;
        }
        int p = start;
        for (int r = 0; r < received.size() && faults.size() < MAX_FAULTS; r++) {
            p = step(p, r);
        }
    }

    /** Places received frame r, which should be published frame p; answers which one should be next. */
    private int step(int p, int r) {
        if (p < published.size() && same(p, r)) {
            places.add(p);
            return p + 1;
        }
        places.add(-1);
        int found = nearest(p, r);
        if (found > p) {
            faults.add("skipped " + (found - p) + ": published " + name(p) + (found - p > 1 ? " to " + name(found - 1) : "") + " did not come before received #" + r);
            return found + 1;
        }
        faults.add(found >= 0 ? "repeated or late: received #" + r + " is published " + name(found) + " again, expected was " + name(p)
            : "unknown payload: received #" + r + " (" + received.get(r).hash() + ") was never published near " + name(p));
        return p;
    }

    /** The published frame nearest to p that received frame r could be, or -1. */
    private int nearest(int p, int r) {
        for (int distance = 1; distance <= WINDOW; distance++) {
            for (int candidate : new int[] {p + distance, p - distance}) {
                if (candidate >= 0 && candidate < published.size() && same(candidate, r)) {
                    return candidate;
                }
            }
        }
        return -1;
    }

    private String name(int p) {
        return kind + " #" + p + (p < published.size() ? " at " + published.get(p).millis() + " ms" : " (not published)");
    }

    /** Distances between received times must be those between published times; each jump is said once. */
    List<String> timeFaults(long toleranceMillis) {
        List<String> wrong = new ArrayList<>();
        Long offset = null;
        for (int r = 0; r < places.size() && wrong.size() < MAX_FAULTS; r++) {
            if (places.get(r) < 0) {
                continue;
            }
            long now = received.get(r).millis() - published.get(places.get(r)).millis();
            if (offset != null && Math.abs(now - offset) > toleranceMillis) {
                wrong.add("time jumped by " + (now - offset) + " ms at received #" + r + ", published " + name(places.get(r)));
                offset = now;
            }
            offset = offset == null ? now : offset;
        }
        return wrong;
    }
}
