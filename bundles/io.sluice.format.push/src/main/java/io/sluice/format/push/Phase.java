package io.sluice.format.push;

import io.sluice.api.push.PushSwitch;
import java.time.Instant;

/**
 * How a condition stands.
 *
 * @param known false where nobody can tell; then it is not on
 * @param why   in words
 * @param until it stays so until then, later than the moment that was asked for; null for ever, or until something else than the time changes
 */
public record Phase(boolean on, boolean known, String why, Instant until) {
    public static Phase of(boolean on, String why) {
        return new Phase(on, true, why, null);
    }

    public static Phase of(boolean on, String why, Instant until) {
        return new Phase(on, true, why, until);
    }

    public static Phase unknown(String why) {
        return new Phase(false, false, why, null);
    }

    public void tell(PushSwitch state) {
        if (known) {
            state.set(on, why);
        } else {
            state.unknown(why);
        }
    }
}
