package io.sluice.push.viewers.internal;

import io.sluice.api.push.PushCondition;
import io.sluice.format.push.PushParameters;
import io.sluice.format.push.StreamNames;

/**
 * How many viewers are wanted.
 *
 * @param over  on with more than {@code limit}; else with fewer
 * @param back  once on, it is off again at this number or fewer; with {@code over} false, at this number or more
 */
record Threshold(StreamNames names, boolean over, int limit, int back) {
    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static Threshold of(PushCondition condition) {
        PushParameters parameters = PushParameters.of(condition, "over", "under", "back", "name");
        boolean over = parameters.has("over");
        if (over == parameters.has("under")) {
            throw new IllegalArgumentException("either 'over' or 'under', a number of viewers, was wanted");
        }
        int limit = parameters.number(over ? "over" : "under", 0);
        int back = parameters.number("back", limit);
        if (over ? back > limit : back < limit) {
            throw new IllegalArgumentException("'back' is " + back + "; with " + (over ? "'over' it is at most " : "'under' it is at least ") + limit);
        }
        return new Threshold(new StreamNames(parameters.has("name") ? parameters.text("name") : condition.stream()), over, limit, back);
    }

    boolean holds(int viewers, boolean before) {
        return over ? viewers > (before ? back : limit) : viewers < (before ? back : limit);
    }

    String why(int viewers, boolean on) {
        String has = (names.all() ? "the server has " : names.pattern() + " has ") + viewers + (viewers == 1 ? " viewer, " : " viewers, ");
        int counts = on ? back : limit;
        return has + (on ? "" : "not ") + (over ? "over " : "under ") + counts + (on && back != limit ? " (it began " + (over ? "over " : "under ") + limit + ")" : "");
    }
}
