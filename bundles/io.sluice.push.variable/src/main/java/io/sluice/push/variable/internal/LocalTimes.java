package io.sluice.push.variable.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;

/** The built-in variables that change as time goes by. */
final class LocalTimes {
    private static final Set<String> SECONDS = Set.of("second", "datetime");
    private static final Set<String> MINUTES = Set.of("minute");
    private static final Set<String> DAYS = Set.of("hour", "day", "wday", "yday", "week", "month", "year");

    private LocalTimes() {
    }

    /** When one of them may have another value; null for none. In every zone hours and days begin at a quarter of an hour of UTC. */
    static Instant next(Set<String> names, Instant now) {
        long seconds = !Collections.disjoint(names, SECONDS) ? 1 : !Collections.disjoint(names, MINUTES) ? 60 : !Collections.disjoint(names, DAYS) ? Duration.ofMinutes(15).toSeconds() : 0;
        return seconds == 0 ? null : Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), seconds) + 1) * seconds);
    }
}
