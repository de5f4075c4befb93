package io.sluice.push.cron.internal;

import io.sluice.api.push.PushCondition;
import io.sluice.format.push.Moments;
import io.sluice.format.push.Phase;
import io.sluice.format.push.PushParameters;
import io.sluice.format.push.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * On from each time of an expression, for a while or until the next time of another one.
 *
 * @param length null where {@code until} says when it ends
 * @param until  null where {@code length} does
 */
record CronSchedule(CronTimes starts, Duration length, CronTimes until, ZoneId zone) implements Schedule {
    private static final String EXPRESSION = "expression";
    private static final String DURATION = "duration";
    private static final String UNTIL = "until";

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static CronSchedule of(PushCondition condition) {
        PushParameters parameters = PushParameters.of(condition, EXPRESSION, DURATION, UNTIL, "zone");
        parameters.required(EXPRESSION, "a cron expression such as \"0 20 * * mon-fri\"");
        if (parameters.has(DURATION) == parameters.has(UNTIL)) {
            throw new IllegalArgumentException("either 'duration', such as 2h, or 'until', such as \"0 22 * * mon-fri\", was wanted");
        }
        ZoneId zone = parameters.zone();
        Instant now = condition.clock().now();
        return new CronSchedule(times(parameters, EXPRESSION, zone, now), parameters.length(DURATION), parameters.has(UNTIL) ? times(parameters, UNTIL, zone, now) : null, zone);
    }

    private static CronTimes times(PushParameters parameters, String name, ZoneId zone, Instant now) {
        try {
            CronTimes times = CronTimes.of(parameters.text(name), zone);
            if (times.after(now) == null) {
                throw new IllegalArgumentException("there is no such time");
            }
            return times;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "': \"" + PushParameters.shown(parameters.text(name)) + "\" is no cron expression: " + e.getMessage(), e);
        }
    }

    @Override
    public Phase at(Instant time) {
        Instant start = starts.upTo(time);
        Instant end = start == null ? null : length != null ? start.plus(length) : until.after(start.minusNanos(1));
        if (start != null && (end == null || time.isBefore(end))) {
            return Phase.of(true, "it began at " + Moments.shown(start, zone) + (end == null ? "" : " and ends at " + Moments.shown(end, zone)) + " in " + zone.getId(), end);
        }
        Instant next = starts.after(time);
        return Phase.of(false, next == null ? "it does not begin any more" : "it begins at " + Moments.shown(next, zone) + " in " + zone.getId(), next);
    }
}
