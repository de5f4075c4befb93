package io.sluice.push.cron.internal;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The times of a cron expression in a zone. The library is asked for local times as if there were no changes of clocks, and this class puts them on the line of time: an
 * expression for each hour ("*" or a step as its hours) follows the clock as it is, so a left-out hour has no times and one that comes twice has them twice; the times of all others are taken as
 * java.time does, an hour later where they are left out, once where they come twice. Any thread.
 */
final class CronTimes {
    /** More than any clock was ever changed by at once: Samoa left out a day. */
    private static final Duration NEAR = Duration.ofHours(25);

    private final ExecutionTime times;
    private final ZoneId zone;
    private final boolean hourly;

    private CronTimes(ExecutionTime times, ZoneId zone, boolean hourly) {
        this.times = times;
        this.zone = zone;
        this.hourly = hourly;
    }

    /** @throws IllegalArgumentException with what is wrong about the expression */
    static CronTimes of(String expression, ZoneId zone) {
        String[] fields = expression.strip().split("\\s+");
        boolean five = fields.length == 5;
        if (!five && fields.length != 6 && !expression.strip().startsWith("@")) {
            throw new IllegalArgumentException("five fields were wanted (minute, hour, day of the month, month, day of the week), or six with seconds first; " + fields.length + " were found");
        }
        Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(five ? CronType.UNIX : CronType.SPRING53)).parse(expression.strip()).validate();
        return new CronTimes(ExecutionTime.forCron(cron), zone, fields.length > 1 && fields[five ? 1 : 2].startsWith("*") || expression.strip().equals("@hourly"));
    }

    /** The first after this; null when there is none. */
    Instant after(Instant time) {
        return hourly ? hourlyAfter(time) : fixed(time, true);
    }

    /** The last at this time or before; null when there is none. */
    Instant upTo(Instant time) {
        return hourly ? hourlyUpTo(time) : fixed(time, false);
    }

    /** Near a change of clocks the order of local times is not that of the line of time, so those around the wanted one are looked at. */
    private Instant fixed(Instant time, boolean next) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        LocalDateTime at = next ? local.minus(changeNear(time)) : local.plus(changeNear(time)).plusNanos(1);
        for (at = step(at, next); at != null; at = step(at, next)) {
            Instant found = at.atZone(zone).toInstant();
            if (next ? found.isAfter(time) : !found.isAfter(time)) {
                return found;
            }
        }
        return null;
    }

    /** By how much the clock is changed within a day or so; mostly by nothing. */
    private Duration changeNear(Instant time) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(time.minus(NEAR));
        return change == null || change.getInstant().isAfter(time.plus(NEAR)) ? Duration.ZERO : change.getDuration().abs();
    }

    private Instant hourlyAfter(Instant time) {
        ZoneOffset offset = zone.getRules().getOffset(time);
        ZoneOffsetTransition change = zone.getRules().nextTransition(time);
        LocalDateTime next = step(LocalDateTime.ofInstant(time, offset), true);
        Instant found = next == null ? null : next.toInstant(offset);
        if (change == null || found == null || found.isBefore(change.getInstant())) {
            return found;
        }
        LocalDateTime first = change.getDateTimeAfter();
        return first.equals(step(first.minusNanos(1), true)) ? change.getInstant() : hourlyAfter(change.getInstant());
    }

    private Instant hourlyUpTo(Instant time) {
        ZoneOffset offset = zone.getRules().getOffset(time);
        ZoneOffsetTransition change = zone.getRules().previousTransition(time.plusNanos(1));
        LocalDateTime last = step(LocalDateTime.ofInstant(time, offset).plusNanos(1), false);
        Instant found = last == null ? null : last.toInstant(offset);
        return change == null || found == null || !found.isBefore(change.getInstant()) ? found : hourlyUpTo(change.getInstant().minusNanos(1));
    }

    private LocalDateTime step(LocalDateTime from, boolean next) {
        ZonedDateTime at = from.atZone(ZoneOffset.UTC);
        Optional<ZonedDateTime> found = next ? times.nextExecution(at) : times.lastExecution(at);
        return found.map(ZonedDateTime::toLocalDateTime).orElse(null);
    }
}
