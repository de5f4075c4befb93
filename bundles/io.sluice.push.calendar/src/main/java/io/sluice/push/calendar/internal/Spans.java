package io.sluice.push.calendar.internal;

import io.sluice.api.push.PushSpan;
import io.sluice.format.calendar.CalendarWindow;
import io.sluice.format.programme.EventFilter;
import io.sluice.format.programme.Programme;
import io.sluice.format.programme.Timeline;
import io.sluice.format.push.Outlook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A calendar's timeline, a few hours at a time: whoever needs the calendar at this moment waits for no more than these. */
final class Spans {
    private static final Duration STEP = Duration.ofHours(12);

    private Spans() {
    }

    /** As far as it can be worked out. */
    static List<PushSpan> of(Programme programme, EventFilter filter, Instant from, Instant to) {
        List<PushSpan> spans = new ArrayList<>();
        for (Instant at = from; at.isBefore(to) && spans.size() < Outlook.MAX_SPANS; at = at.plus(STEP)) {
            Instant end = at.plus(STEP).isBefore(to) ? at.plus(STEP) : to;
            try {
                List<CalendarWindow> windows = programme.windows(filter, at, end);
                Events events = new Events(Timeline.of(windows, filter, false, at, end), Timeline.of(windows, filter, true, at, end));
                Outlook.of(events, at, end).forEach(span -> add(spans, span));
            } catch (IOException e) {
                return spans;
            }
        }
        return spans;
    }

    private static void add(List<PushSpan> spans, PushSpan next) {
        PushSpan last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        if (last != null && last.to().equals(next.from()) && last.on() == next.on() && last.why().equals(next.why())) {
            spans.set(spans.size() - 1, new PushSpan(last.from(), next.to(), next.on(), next.why()));
        } else if (spans.size() < Outlook.MAX_SPANS) {
            spans.add(next);
        }
    }
}
