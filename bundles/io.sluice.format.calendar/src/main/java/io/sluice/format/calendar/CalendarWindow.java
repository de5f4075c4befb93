package io.sluice.format.calendar;

import java.time.Instant;

/**
 * One time that an event is on.
 *
 * @param start   included
 * @param end     not included; after start
 * @param summary what the event is called, at most 1,000 characters; "" when it has no name
 * @param uid     of the event; its recurrences share it
 */
public record CalendarWindow(Instant start, Instant end, String summary, String uid) {
}
