package io.sluice.format.programme;

import io.sluice.format.calendar.CalendarWindow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is on over some hours, as values: each stands until the next one. Immutable.
 *
 * @param values by the time from which each counts; the first is the beginning
 * @param end    what comes later is not known
 */
public record Timeline(NavigableMap<Instant, String> values, Instant end) {
    /** Of several that are on, the one that began last gives its name. */
    private static final Comparator<CalendarWindow> LATEST = Comparator.comparing(CalendarWindow::start).thenComparing(CalendarWindow::summary).thenComparing(CalendarWindow::end)
        .thenComparing(CalendarWindow::uid);

    /** @param windows between begin and end, by their start */
    public static Timeline of(List<CalendarWindow> windows, EventFilter filter, boolean summary, Instant begin, Instant end) {
        NavigableMap<Instant, TreeSet<CalendarWindow>> starting = new TreeMap<>();
        NavigableMap<Instant, TreeSet<CalendarWindow>> ending = new TreeMap<>();
        TreeSet<Instant> times = new TreeSet<>(List.of(begin));
        for (CalendarWindow window : windows) {
            if (filter.counts(window.summary())) {
                Instant start = window.start().isBefore(begin) ? begin : window.start();
                starting.computeIfAbsent(start, t -> new TreeSet<>(LATEST)).add(window);
                ending.computeIfAbsent(window.end(), t -> new TreeSet<>(LATEST)).add(window);
                times.add(start);
                if (window.end().isBefore(end)) {
                    times.add(window.end());
                }
            }
        }
        NavigableMap<Instant, String> values = new TreeMap<>();
        TreeSet<CalendarWindow> on = new TreeSet<>(LATEST);
        String last = null;
        for (Instant time : times) {
            on.removeAll(ending.getOrDefault(time, new TreeSet<>()));
            on.addAll(starting.getOrDefault(time, new TreeSet<>()));
            String value = summary ? on.isEmpty() ? "" : on.last().summary() : Boolean.toString(!on.isEmpty());
            if (!value.equals(last)) {
                values.put(time, value);
                last = value;
            }
        }
        return new Timeline(values, end);
    }

    /** @param time between its beginning and its end */
    public String at(Instant time) {
        return values.floorEntry(time).getValue();
    }

    /** When the value is another one, or the end if it stays the same until then. */
    public Instant next(Instant time) {
        Map.Entry<Instant, String> next = values.higherEntry(time);
        return next == null ? end : next.getKey();
    }
}
