package io.sluice.push.time.internal;

import io.sluice.format.push.Moments;
import io.sluice.format.push.Phase;
import io.sluice.format.push.Schedule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * On at hours of days of the week. A local time that the change to summer time leaves out is later by the hour that was left out, one that comes twice is the first: that is how
 * {@link LocalDate#atTime} and {@link java.time.LocalDateTime#atZone} take them.
 *
 * @param days on which it begins
 * @param from of the day
 * @param to   on the same day, or on the next where it is not after {@code from}
 */
record DailyWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) implements Schedule {
    /** One week, and a day more where a change of clocks leaves this week's out. */
    private static final int DAYS_AHEAD = 15;

    @Override
    public Phase at(Instant time) {
        LocalDate today = time.atZone(zone).toLocalDate();
        // the day before yesterday as well: a zone may have left out a whole day
        for (LocalDate day = today.minusDays(2); day.isBefore(today.plusDays(DAYS_AHEAD)); day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                Instant start = day.atTime(from).atZone(zone).toInstant();
                Instant end = end(day);
                if (start.isBefore(end) && time.isBefore(end)) {
                    return time.isBefore(start) ? Phase.of(false, "the next time begins at " + shown(start), start)
                        : Phase.of(true, Moments.shown(start, zone) + " to " + shown(end), end);
                }
            }
        }
        return Phase.of(false, "it does not begin in the next " + DAYS_AHEAD + " days", today.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private Instant end(LocalDate day) {
        return (to.isAfter(from) ? day : day.plusDays(1)).atTime(to).atZone(zone).toInstant();
    }

    private String shown(Instant time) {
        return Moments.shown(time, zone) + " in " + zone.getId();
    }
}
