package io.sluice.pushes.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/** Moments as people write them: ISO 8601 with an offset or a zone ("2026-12-31T20:00+01:00[Europe/Amsterdam]", "2026-12-31T19:00:00Z"), or Unix seconds. */
final class Moment {
    private Moment() {
    }

    /** @param otherwise for "" and, as MistServer has it, 0 @throws IllegalArgumentException that names the attribute */
    static Instant of(String what, String text, Instant otherwise) {
        String t = text.strip();
        if (t.isEmpty() || t.equals("0")) {
            return otherwise;
        }
        try {
            if (t.matches("\\d{1,11}")) {
                return Instant.ofEpochSecond(Long.parseLong(t));
            }
            TemporalAccessor read = DateTimeFormatter.ISO_ZONED_DATE_TIME.parse(t);
            return Instant.ofEpochSecond(read.getLong(ChronoField.INSTANT_SECONDS), read.get(ChronoField.NANO_OF_SECOND));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(what + " is '" + t + "'; wanted is a time with its zone or offset, such as 2026-12-31T20:00:00Z or 2026-12-31T20:00+01:00[Europe/Amsterdam], "
                + "or Unix seconds", e);
        }
    }
}
