package io.sluice.format.calendar;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of an iCalendar document says when events are on; the rest (descriptions, attachments, alarms, tasks) never reaches the parser. Folded lines become one (RFC 5545
 * section 3.1). Zones that Java knows are dropped, so Java's rules count; the rules of others must be yearly, since they are followed from their beginning.
 */
final class CalendarText {
    /** A file of the largest size has lines of some twenty bytes. */
    private static final int MAX_LINES = 400_000;
    private static final int MAX_EVENTS = 20_000;
    private static final Set<String> PROPERTIES = Set.of("UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "STATUS", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds().stream().filter(z -> z.contains("/") || z.equals("UTC")).collect(Collectors.toUnmodifiableSet());

    private final StringBuilder kept = new StringBuilder();
    private final List<String> zone = new ArrayList<>();
    private String component = "";
    private int skipping;
    private int events;

    private CalendarText() {
    }

    /** @throws IOException with a sentence when it is no calendar, or too large */
    static String essential(String document) throws IOException {
        if (!document.stripLeading().regionMatches(true, 0, "BEGIN:VCALENDAR", 0, 15)) {
            throw new IOException("an iCalendar file was wanted; it does not begin with BEGIN:VCALENDAR");
        }
        CalendarText text = new CalendarText();
        for (String line : unfolded(document)) {
            text.line(line);
        }
        return text.kept.toString();
    }

    private static List<String> unfolded(String document) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : (Iterable<String>) document.stripLeading().lines()::iterator) {
            if (!part.isEmpty() && (part.charAt(0) == ' ' || part.charAt(0) == '\t')) {
                line.append(part, 1, part.length());
            } else {
                lines.add(line.toString());
                line.setLength(0);
                line.append(part);
            }
            if (lines.size() > MAX_LINES) {
                throw new IOException("the calendar has more than " + MAX_LINES + " lines");
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private void line(String line) throws IOException {
        String name = line.split("[:;]", 2)[0].toUpperCase(Locale.ROOT);
        String value = line.substring(line.indexOf(':') + 1).strip().toUpperCase(Locale.ROOT);
        if (skipping > 0) {
            skipping += name.equals("BEGIN") ? 1 : name.equals("END") ? -1 : 0;
        } else if (component.equals("VTIMEZONE")) {
            zone(line, name, value);
        } else if (name.equals("BEGIN")) {
            begin(line, value);
        } else if (name.equals("END")) {
            component = "";
            keep(line);
        } else if (component.equals("VEVENT") ? PROPERTIES.contains(name) : name.equals("VERSION") || name.equals("PRODID")) {
            keep(line);
        }
    }

    private void begin(String line, String value) throws IOException {
        if (value.equals("VCALENDAR")) {
            keep(line);
        } else if (value.equals("VTIMEZONE") || value.equals("VEVENT") && component.isEmpty()) {
            component = value;
            events += value.equals("VEVENT") ? 1 : 0;
            if (events > MAX_EVENTS) {
                throw new IOException("the calendar has more than " + MAX_EVENTS + " events");
            }
            if (value.equals("VEVENT")) {
                keep(line);
            } else {
                zone.clear();
                zone.add(line);
            }
        } else {
            skipping = 1;
        }
    }

    private void zone(String line, String name, String value) {
        if (!name.equals("RRULE") || value.contains("FREQ=YEARLY") && !value.contains("COUNT=") && !value.contains("BYSETPOS=")) {
            zone.add(line);
        }
        if (name.equals("END") && value.equals("VTIMEZONE")) {
            component = "";
            if (zone.stream().noneMatch(CalendarText::known)) {
                zone.forEach(this::keep);
            }
        }
    }

    private static boolean known(String line) {
        return line.regionMatches(true, 0, "TZID", 0, 4) && ZONES.contains(line.substring(line.indexOf(':') + 1).strip());
    }

    private void keep(String line) {
        kept.append(line).append("\r\n");
    }
}
