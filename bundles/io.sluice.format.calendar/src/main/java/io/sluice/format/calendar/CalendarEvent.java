package io.sluice.format.calendar;

import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateEnd;
import biweekly.property.DateStart;
import biweekly.property.RecurrenceId;
import biweekly.property.RecurrenceRule;
import biweekly.util.Duration;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Iterator;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;

/**
 * One VEVENT (RFC 5545 section 3.6.1). One that has a RECURRENCE-ID stands for a single recurrence of another, whatever its RANGE.
 *
 * @param replaces start of the recurrence that it stands for, or null
 * @param zone     that its rule is followed in
 * @param allDay   the zone in which it takes whole days, or null for one with times
 * @param days     how many it takes; a day may have 23 or 25 hours
 */
record CalendarEvent(VEvent event, String uid, String summary, boolean cancelled, Instant replaces, TimeZone zone, ZoneId allDay, int days, long lengthMillis) {
    private static final int MAX_NAME_CHARS = 1000;
    private static final int MAX_DAYS = 100_000;
    private static final long DAY_MILLIS = 86_400_000;
    /** More than any two zones differ, and a day with 25 hours. */
    private static final long SLACK_MILLIS = 3 * DAY_MILLIS;

    /** @throws IllegalArgumentException with what is wrong about it */
    static CalendarEvent of(VEvent event, TimezoneInfo zones, TimeZone floating) {
        DateStart start = event.getDateStart();
        if (start == null || start.getValue() == null) {
            throw new IllegalArgumentException("it has no DTSTART");
        }
        ZoneId allDay = start.getValue().hasTime() ? null : floating.toZoneId();
        RecurrenceRule rule = event.getRecurrenceRule();
        String problem = rule == null || rule.getValue() == null ? "" : RuleLimits.problem(rule.getValue(), allDay != null);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        long length = length(event, start.getValue(), allDay != null);
        RecurrenceId replaces = event.getRecurrenceId();
        return new CalendarEvent(event, event.getUid() == null ? "" : cut(event.getUid().getValue()), event.getSummary() == null ? "" : cut(event.getSummary().getValue()),
            event.getStatus() != null && event.getStatus().isCancelled(), replaces == null || replaces.getValue() == null ? null : instant(replaces.getValue(), allDay),
            zone(start, zones, floating), allDay, (int) Math.max(1, Math.min(MAX_DAYS, Math.round((double) length / DAY_MILLIS))), length);
    }

    private static TimeZone zone(DateStart start, TimezoneInfo zones, TimeZone floating) {
        if (!start.getValue().hasTime()) {
            return TimeZone.getDefault(); // the library reads days in this one
        }
        TimezoneAssignment assigned = zones.getTimezone(start);
        return zones.isFloating(start) ? floating : assigned == null ? TimeZone.getTimeZone("UTC") : assigned.getTimeZone();
    }

    private static String cut(String text) {
        return text == null ? "" : text.substring(0, Math.min(text.length(), MAX_NAME_CHARS));
    }

    /** DTEND, else DURATION, else a day for an event without a time of day, else none (RFC 5545 section 3.6.1). */
    private static long length(VEvent event, Date start, boolean allDay) {
        DateEnd end = event.getDateEnd();
        Duration duration = event.getDuration() == null ? null : event.getDuration().getValue();
        if (end != null && end.getValue() != null) {
            return Math.max(0, end.getValue().getTime() - start.getTime());
        }
        return duration != null ? Math.max(0, duration.toMillis()) : allDay ? DAY_MILLIS : 0;
    }

    private static Instant instant(Date date, ZoneId allDay) {
        return allDay == null ? date.toInstant() : date.toInstant().atZone(ZoneId.systemDefault()).toLocalDate().atStartOfDay(allDay).toInstant();
    }

    /** Starts of its recurrences about from there on, in order; lazily, perhaps without end. */
    Iterator<Instant> starts(Instant from) {
        if (replaces != null || event.getRecurrenceRule() == null) {
            return few().iterator();
        }
        DateIterator starts = event.getDateIterator(zone);
        starts.advanceTo(Date.from(from.minusMillis(lengthMillis).minusMillis(allDay == null ? 0 : SLACK_MILLIS)));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return starts.hasNext();
            }

            @Override
            public Instant next() {
                return instant(starts.next(), allDay);
            }
        };
    }

    /** Without a rule: its own start, and dates that are listed (RDATE), as many as the file has. */
    private SortedSet<Instant> few() {
        SortedSet<Instant> starts = new TreeSet<>();
        Date own = event.getDateStart().getValue();
        if (event.getExceptionDates().stream().noneMatch(e -> e.getValues().stream().anyMatch(d -> d.getTime() == own.getTime()))) {
            starts.add(instant(own, allDay));
        }
        if (replaces == null && !event.getRecurrenceDates().isEmpty()) {
            event.getDateIterator(zone).forEachRemaining(d -> starts.add(instant(d, allDay)));
        }
        return starts;
    }

    Instant end(Instant start) {
        return allDay == null ? start.plusMillis(lengthMillis) : start.atZone(allDay).plusDays(days).toInstant();
    }
}
