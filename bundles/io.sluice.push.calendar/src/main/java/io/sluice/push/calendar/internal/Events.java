package io.sluice.push.calendar.internal;

import io.sluice.format.programme.Timeline;
import io.sluice.format.push.Phase;
import io.sluice.format.push.PushParameters;
import io.sluice.format.push.Schedule;
import java.time.Instant;

/**
 * What is on over some hours.
 *
 * @param on    "true" while an event is on
 * @param names what it is called
 */
record Events(Timeline on, Timeline names) implements Schedule {
    @Override
    public Phase at(Instant time) {
        Instant until = on.next(time).isBefore(names.next(time)) ? on.next(time) : names.next(time);
        if (!on.at(time).equals("true")) {
            return Phase.of(false, "no such event is on", until);
        }
        String name = names.at(time);
        return Phase.of(true, name.isEmpty() ? "an event without a name is on" : "'" + PushParameters.shown(name) + "' is on", until);
    }
}
