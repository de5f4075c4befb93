package io.sluice.format.calendar;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;

/** The events of a calendar, and when they are on. Safe for one thread at a time: the library's objects keep state. */
public final class CalendarWindows {
    /** Of a document; years of a busy station's programme have a tenth of it. */
    public static final int MAX_DOCUMENT_BYTES = 8 << 20;
    /** Recurrences that an answer may need a look at: one each second for more than a day. */
    static final int MAX_RECURRENCES = 100_000;
    private static final long MAX_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MAX_PROBLEMS = 10;

    private final List<CalendarEvent> events = new ArrayList<>();
    private final Map<String, Set<Instant>> replaced = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private CalendarWindows() {
    }

    /**
     * Reads a calendar. An event that cannot be understood, or whose rule is too costly, is left out and named in {@link #problems}.
     *
     * @param document at most {@link #MAX_DOCUMENT_BYTES}, UTF-8
     * @param zone     of times and days that name none
     * @throws IOException with a sentence: it is no calendar, or too large
     */
    public static CalendarWindows parse(byte[] document, ZoneId zone) throws IOException {
        if (document.length > MAX_DOCUMENT_BYTES) {
            throw new IOException("the calendar has more than " + MAX_DOCUMENT_BYTES + " bytes");
        }
        TimeZone floating = TimeZone.getTimeZone(zone);
        CalendarWindows windows = new CalendarWindows();
        String text = new String(document, StandardCharsets.UTF_8);
        try (ICalReader reader = new ICalReader(CalendarText.essential(text.startsWith("\ufeff") ? text.substring(1) : text))) {
            reader.setDefaultTimezone(floating);
            for (ICalendar calendar = reader.readNext(); calendar != null; calendar = reader.readNext()) {
                for (VEvent event : calendar.getEvents()) {
                    windows.add(event, calendar, floating);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            throw new IOException("the calendar cannot be read: " + e.getMessage(), e);
        }
        return windows;
    }

    private void add(VEvent event, ICalendar calendar, TimeZone floating) {
        try {
            CalendarEvent one = CalendarEvent.of(event, calendar.getTimezoneInfo(), floating);
            events.add(one);
            if (one.replaces() != null) {
                replaced.computeIfAbsent(one.uid(), u -> new HashSet<>()).add(one.replaces());
            }
        } catch (IllegalArgumentException e) {
            complain(event.getSummary() == null ? "" : event.getSummary().getValue(), e.getMessage());
        }
    }

    private void complain(String summary, String why) {
        String problem = "the event '" + summary + "' is left out: " + why;
        if (problems.size() < MAX_PROBLEMS && !problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Events that are left out, and why; the first ten. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * All windows that lie within a time or reach into it, by their start; they may overlap.
     *
     * @throws IOException with a sentence when the answer would take too many recurrences or too long
     */
    public List<CalendarWindow> between(Instant from, Instant to) throws IOException {
        List<CalendarWindow> windows = new ArrayList<>();
        long began = System.nanoTime();
        int looks = 0;
        for (CalendarEvent event : List.copyOf(events)) {
            Set<Instant> others = event.replaces() == null ? replaced.getOrDefault(event.uid(), Set.of()) : Set.of();
            try {
                Iterator<Instant> starts = event.cancelled() ? Collections.emptyIterator() : event.starts(from);
                while (starts.hasNext()) {
                    Instant start = starts.next();
                    if (!start.isBefore(to)) {
                        break;
                    }
                    if (++looks > MAX_RECURRENCES || System.nanoTime() - began > MAX_NANOS) {
                        throw new IOException("the calendar has too many recurrences: more than " + MAX_RECURRENCES + " around " + from + " to " + to);
                    }
                    Instant end = event.end(start);
                    if (end.isAfter(from) && end.isAfter(start) && !others.contains(start)) {
                        windows.add(new CalendarWindow(start, end, event.summary(), event.uid()));
                    }
                }
            } catch (RuntimeException | AssertionError e) {
                events.remove(event);
                complain(event.summary(), "its rule cannot be followed: " + e.getMessage());
            }
        }
        windows.sort(Comparator.comparing(CalendarWindow::start).thenComparing(CalendarWindow::end).thenComparing(CalendarWindow::summary));
        return windows;
    }
}
