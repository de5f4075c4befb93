package io.sluice.pushes.internal.rule;

import io.sluice.api.push.PushReason.Standing;
import io.sluice.api.push.PushSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;

/** When a rule was and will be on, of what is known of its conditions. What nobody knows stays unknown, unless the rest decides. */
public final class Outlook {
    /** A minute's condition over a week is 10,080 spans; more would be a picture that nobody can read. */
    private static final int MOST_SPANS = 20_000;

    private Outlook() {
    }

    /** @param spans of each condition, in order of time, not overlapping @return what is not covered is not known */
    public static List<PushSpan> of(Rule rule, Function<Rule.Condition, List<PushSpan>> spans, Instant from, Instant to) {
        Map<Rule.Condition, Track> tracks = new IdentityHashMap<>();
        NavigableSet<Instant> moments = new TreeSet<>(List.of(from, to));
        rule.conditions().forEach(c -> {
            List<PushSpan> known = spans.apply(c);
            tracks.put(c, new Track(known));
            known.stream().limit(MOST_SPANS).forEach(s -> {
                moments.add(s.from());
                moments.add(s.to());
            });
        });
        List<PushSpan> result = new ArrayList<>();
        Instant before = null;
        for (Instant moment : moments.subSet(from, true, to, true)) {
            if (before != null && result.size() < MOST_SPANS) {
                Instant at = before;
                add(result, before, moment, Tree.seen(rule, c -> tracks.get(c).at(at)));
            }
            before = moment;
        }
        return result;
    }

    private static void add(List<PushSpan> result, Instant from, Instant to, Seen seen) {
        if (seen.standing() == Standing.UNKNOWN) {
            return;
        }
        int last = result.size() - 1;
        if (last >= 0 && result.get(last).on() == seen.on() && result.get(last).to().equals(from) && result.get(last).why().equals(seen.why())) {
            result.set(last, new PushSpan(result.get(last).from(), to, seen.on(), seen.why()));
        } else {
            result.add(new PushSpan(from, to, seen.on(), seen.why()));
        }
    }

    /** Only between two moments; before and after it is off. */
    public static List<PushSpan> within(List<PushSpan> spans, Instant from, Instant until, Instant least, Instant most) {
        List<PushSpan> result = new ArrayList<>();
        if (least.isBefore(from)) {
            result.add(new PushSpan(least, from.isBefore(most) ? from : most, false, "not before " + from));
        }
        for (PushSpan s : spans) {
            Instant begin = s.from().isBefore(from) ? from : s.from();
            Instant end = s.to().isAfter(until) ? until : s.to();
            if (Duration.between(begin, end).compareTo(Duration.ZERO) > 0) {
                result.add(new PushSpan(begin, end, s.on(), s.why()));
            }
        }
        if (until.isBefore(most)) {
            result.add(new PushSpan(until.isAfter(least) ? until : least, most, false, "over since " + until));
        }
        return result;
    }

    /** Spans that are asked for moments that only rise. */
    private static final class Track {
        private final List<PushSpan> spans;
        private int next;

        Track(List<PushSpan> spans) {
            this.spans = spans;
        }

        Seen at(Instant moment) {
            while (next < spans.size() && !spans.get(next).to().isAfter(moment)) {
                next++;
            }
            boolean known = next < spans.size() && !spans.get(next).from().isAfter(moment);
            return known ? Seen.of(spans.get(next).on(), spans.get(next).why()) : Seen.unknown("not known");
        }
    }
}
