package io.sluice.format.push;

import io.sluice.api.push.PushSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The timeline of a schedule. */
public final class Outlook {
    /** As many as a trigger may answer. */
    public static final int MAX_SPANS = 10_000;

    private Outlook() {
    }

    /** All of the time between the two where it is known, or as much of it as the greatest number of spans covers. */
    public static List<PushSpan> of(Schedule schedule, Instant from, Instant to) {
        List<PushSpan> spans = new ArrayList<>();
        Instant at = from;
        while (at.isBefore(to) && spans.size() < MAX_SPANS) {
            Phase phase = schedule.at(at);
            Instant end = phase.until() == null || phase.until().isAfter(to) ? to : phase.until();
            if (phase.known()) {
                spans.add(new PushSpan(at, end, phase.on(), phase.why()));
            }
            at = end;
        }
        return spans;
    }
}
