package io.sluice.format.programme;

import io.sluice.format.calendar.CalendarWindow;
import io.sluice.format.calendar.CalendarWindows;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A calendar that was read, and what is on in the next hours; worked out once for all that ask the same. Any thread. */
public final class Programme {
    /** An event each second for so long is a fifth of what a question may look at. */
    private static final Duration AHEAD = Duration.ofHours(6);
    private static final int MAX_TIMELINES = 4096;

    private record Key(EventFilter filter, boolean summary) {
    }

    private final CalendarWindows calendar;
    private final Map<Key, Timeline> timelines = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Timeline> eldest) {
            return size() > MAX_TIMELINES;
        }
    };
    private List<CalendarWindow> windows = List.of();
    private Instant begin = Instant.EPOCH;
    private Instant end = Instant.EPOCH;

    Programme(CalendarWindows calendar) {
        this.calendar = calendar;
    }

    /**
     * Six hours from about now on.
     *
     * @param summary values are what the event is called, "" where none is on; else "true" and "false"
     * @throws IOException with a sentence when it cannot be worked out
     */
    public synchronized Timeline timeline(EventFilter filter, boolean summary, Instant now) throws IOException {
        if (now.isBefore(begin) || !now.isBefore(end)) {
            windows = calendar.between(now, now.plus(AHEAD));
            begin = now;
            end = now.plus(AHEAD);
            timelines.clear();
        }
        Key key = new Key(filter, summary);
        Timeline timeline = timelines.get(key);
        if (timeline == null) {
            try {
                timeline = Timeline.of(windows, filter, summary, begin, end);
            } catch (IllegalStateException e) {
                throw new IOException(e.getMessage(), e);
            }
            timelines.put(key, timeline);
        }
        return timeline;
    }

    /**
     * Some time of it, whenever that is; not kept.
     *
     * @throws IOException with a sentence when it cannot be worked out
     */
    public synchronized List<CalendarWindow> windows(EventFilter filter, Instant from, Instant to) throws IOException {
        try {
            return calendar.between(from, to).stream().filter(w -> filter.counts(w.summary())).toList();
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    List<String> problems() {
        return calendar.problems();
    }
}
