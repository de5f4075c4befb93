package io.sluice.push.time.internal;

import io.sluice.api.push.PushCondition;
import io.sluice.format.push.PushParameters;
import io.sluice.format.push.Schedule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Set;

/** What a condition's parameters ask for: {@link Instants} or a {@link DailyWindow}. */
final class TimeRule {
    private static final String FROM = "from";
    private static final String UNTIL = "until";
    private static final String DAYS = "days";
    private static final String TIME_OF_DAY = "\\d{1,2}:\\d{2}(:\\d{2})?";
    private static final String WANTED = "a time of day such as 20:00, an instant such as 2026-11-22T20:00:00Z or 2026-11-22T20:00, or Unix seconds";

    private TimeRule() {
    }

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static Schedule of(PushCondition condition) {
        PushParameters parameters = PushParameters.of(condition, FROM, "to", DAYS, UNTIL, "zone");
        ZoneId zone = parameters.zone();
        boolean daily = parameters.has(DAYS) || parameters.has("to") || parameters.text(FROM).matches(TIME_OF_DAY);
        return daily ? daily(parameters, zone) : instants(parameters, zone);
    }

    private static Schedule daily(PushParameters parameters, ZoneId zone) {
        if (parameters.has(UNTIL)) {
            throw new IllegalArgumentException("'until' is an instant; for hours of the day write 'to', and a second condition 'and time(until=…)' for the end of all");
        }
        Set<DayOfWeek> days = parameters.has(DAYS) ? Weekdays.parse(parameters.text(DAYS)) : EnumSet.allOf(DayOfWeek.class);
        if (days == null) {
            throw parameters.wrong(DAYS, "days such as mon-fri or sat,sun");
        }
        LocalTime from = parameters.has(FROM) ? time(parameters, FROM) : LocalTime.MIDNIGHT;
        LocalTime to = parameters.has("to") ? time(parameters, "to") : LocalTime.MIDNIGHT;
        if (from.equals(to) && !from.equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException("'to' is the same as 'from'; whole days are written with neither");
        }
        return new DailyWindow(days, from, to, zone);
    }

    private static LocalTime time(PushParameters parameters, String name) {
        String text = parameters.text(name);
        if (name.equals("to") && text.matches("24:00(:00)?")) {
            return LocalTime.MIDNIGHT;
        }
        try {
            if (text.matches(TIME_OF_DAY)) {
                return LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw parameters.wrong(name, "a time of day such as 20:00 or 20:00:30");
    }

    private static Schedule instants(PushParameters parameters, ZoneId zone) {
        if (!parameters.has(FROM) && !parameters.has(UNTIL)) {
            throw new IllegalArgumentException("'from' and 'until' are missing: " + WANTED + " was wanted");
        }
        Instants instants = new Instants(instant(parameters, FROM, zone), instant(parameters, UNTIL, zone), zone);
        if (instants.from() != null && instants.until() != null && !instants.from().isBefore(instants.until())) {
            throw new IllegalArgumentException("'until' is not after 'from'");
        }
        return instants;
    }

    private static Instant instant(PushParameters parameters, String name, ZoneId zone) {
        if (!parameters.has(name)) {
            return null;
        }
        Instant instant = Instants.parse(parameters.text(name), zone);
        if (instant == null) {
            throw parameters.wrong(name, WANTED);
        }
        return instant;
    }
}
