package io.sluice.pushes.internal.run;

import io.sluice.api.push.PushSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What hysteresis makes of spans: the same {@link Damper} as at work, driven through them. */
public final class DampedSpans {
    private final Damper damper;
    private final Instant origin;
    private final List<PushSpan> result = new ArrayList<>();

    private DampedSpans(Damper.Times times, Instant origin) {
        this.damper = new Damper(times);
        this.origin = origin;
    }

    /** @param spans in order of time */
    public static List<PushSpan> of(List<PushSpan> spans, Damper.Times times) {
        if (spans.isEmpty()) {
            return spans;
        }
        DampedSpans damped = new DampedSpans(times, spans.get(0).from());
        spans.forEach(damped::add);
        return damped.result;
    }

    private void add(PushSpan span) {
        Instant at = span.from();
        while (at.isBefore(span.to())) {
            long wait = damper.update(span.on(), Duration.between(origin, at).toNanos());
            Instant next = wait == Long.MAX_VALUE ? span.to() : at.plusNanos(wait);
            Instant end = next.isBefore(span.to()) ? next : span.to();
            put(new PushSpan(at, end, damper.on(), damper.held().isEmpty() ? span.why() : span.why() + "; " + damper.held()));
            at = end;
        }
    }

    private void put(PushSpan span) {
        PushSpan last = result.isEmpty() ? null : result.get(result.size() - 1);
        if (last != null && last.on() == span.on() && last.to().equals(span.from()) && last.why().equals(span.why())) {
            result.set(result.size() - 1, new PushSpan(last.from(), span.to(), span.on(), span.why()));
        } else {
            result.add(span);
        }
    }
}
