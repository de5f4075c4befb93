package io.sluice.format.calendar;

import biweekly.util.Frequency;
import biweekly.util.Recurrence;

/**
 * Which recurrence rules (RFC 5545 section 3.3.10) can be followed at little cost. The library jumps to a time where it can; these are what it would count one by one, measured:
 * a COUNT of a million takes 35 ms, BYSETPOS by the second since 2020 takes 12 s, an INTERVAL of a thousand million seconds does not end.
 */
final class RuleLimits {
    private static final int MAX_COUNT = 1_000_000;
    private static final int MAX_INTERVAL = 10_000;

    private RuleLimits() {
    }

    /** @param allDay the event has no time of day @return what is too much about the rule, or "" */
    static String problem(Recurrence rule, boolean allDay) {
        if (rule.getFrequency() == null) {
            return "its rule has no FREQ";
        }
        if (rule.getCount() != null && rule.getCount() > MAX_COUNT) {
            return "its rule has a COUNT of " + rule.getCount() + "; " + MAX_COUNT + " is the most";
        }
        if (rule.getInterval() != null && rule.getInterval() > MAX_INTERVAL) {
            return "its rule has an INTERVAL of " + rule.getInterval() + "; " + MAX_INTERVAL + " is the most";
        }
        boolean fine = rule.getFrequency() == Frequency.SECONDLY || rule.getFrequency() == Frequency.MINUTELY || rule.getFrequency() == Frequency.HOURLY;
        if (fine && allDay) {
            return "it takes whole days, and its rule is " + rule.getFrequency();
        }
        return fine && !rule.getBySetPos().isEmpty() ? "its rule has BYSETPOS with " + rule.getFrequency() : "";
    }
}
