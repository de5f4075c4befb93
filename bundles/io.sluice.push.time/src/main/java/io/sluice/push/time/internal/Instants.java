package io.sluice.push.time.internal;

import io.sluice.format.push.Moments;
import io.sluice.format.push.Phase;
import io.sluice.format.push.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;

/**
 * On from one instant to another.
 *
 * @param from  null for always before {@code until}
 * @param until null for ever after {@code from}
 */
record Instants(Instant from, Instant until, ZoneId zone) implements Schedule {
    /** 0001-01-01 to 9999-12-31: what ISO 8601 writes without signs. */
    private static final long MIN_SECONDS = -62_135_596_800L;
    private static final long MAX_SECONDS = 253_402_300_799L;

    /** With a zone or an offset (2026-11-22T20:00Z), local in the zone (2026-11-22T20:00), or Unix seconds. @return null when it is none */
    static Instant parse(String text, ZoneId zone) {
        if (text.matches("\\d{5,12}")) {
            return within(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        List<Function<String, Instant>> forms = List.of(t -> OffsetDateTime.parse(t).toInstant(), t -> ZonedDateTime.parse(t).toInstant(), t -> LocalDateTime.parse(t).atZone(zone).toInstant());
        for (Function<String, Instant> form : forms) {
            try {
                return within(form.apply(text.replace(' ', 'T')));
            } catch (DateTimeParseException e) {
                // perhaps the next
            }
        }
        return null;
    }

    private static Instant within(Instant time) {
        return time.getEpochSecond() < MIN_SECONDS || time.getEpochSecond() > MAX_SECONDS ? null : time;
    }

    @Override
    public Phase at(Instant time) {
        if (from != null && time.isBefore(from)) {
            return Phase.of(false, "it begins at " + shown(from), from);
        }
        if (until != null && !time.isBefore(until)) {
            return Phase.of(false, "it ended at " + shown(until));
        }
        return Phase.of(true, (from == null ? "it goes on" : "it began at " + shown(from)) + (until == null ? "" : " until " + shown(until)), until);
    }

    private String shown(Instant time) {
        return Moments.shown(time, zone) + " in " + zone.getId();
    }
}
