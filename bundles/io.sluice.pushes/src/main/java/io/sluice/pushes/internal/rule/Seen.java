package io.sluice.pushes.internal.rule;

import io.sluice.api.push.PushReason.Standing;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a condition or a whole rule stands: three values, as in Kleene's logic, so that what nobody can tell turns nothing on.
 *
 * @param why     in words
 * @param pending UNKNOWN only until a bundle has come, or has spoken: what was before holds meanwhile
 */
public record Seen(Standing standing, String why, boolean pending) {
    private static final int MOST_REASONS = 3;
    private static final int MOST_CHARACTERS = 300;

    public Seen {
        why = why == null ? "" : oneLine(why.length() > MOST_CHARACTERS ? why.substring(0, MOST_CHARACTERS) + "…" : why);
    }

    /** Values of variables stand in it, which come from elsewhere; it stands in the log. */
    private static String oneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl) ? text : text.replaceAll("\\p{Cntrl}+", " ");
    }

    public static Seen of(boolean on, String why) {
        return new Seen(on ? Standing.ON : Standing.OFF, why, false);
    }

    public static Seen unknown(String why) {
        return new Seen(Standing.UNKNOWN, why, false);
    }

    public static Seen pending(String why) {
        return new Seen(Standing.UNKNOWN, why, true);
    }

    public boolean on() {
        return standing == Standing.ON;
    }

    static Seen all(List<Seen> parts) {
        return joined(parts, Standing.OFF, Standing.ON);
    }

    static Seen any(List<Seen> parts) {
        return joined(parts, Standing.ON, Standing.OFF);
    }

    Seen not() {
        return switch (standing) {
            case ON -> of(false, why);
            case OFF -> of(true, why);
            case UNKNOWN -> this;
        };
    }

    /** @param decides one part that stands so decides for all @param otherwise when none does and none is unknown */
    private static Seen joined(List<Seen> parts, Standing decides, Standing otherwise) {
        Seen unknown = null;
        for (Seen part : parts) {
            if (part.standing == decides) {
                return part;
            }
            if (part.standing == Standing.UNKNOWN && (unknown == null || part.pending)) {
                unknown = part;
            }
        }
        return unknown != null ? unknown : of(otherwise == Standing.ON, parts.stream().limit(MOST_REASONS).map(Seen::why).collect(Collectors.joining("; ")));
    }
}
