package io.sluice.api.trigger;

/**
 * What all handlers together said.
 *
 * @param yes     all agreed, or nobody was asked
 * @param text    of the last handler, for questions whose answer is a text; null when nobody was asked
 * @param handler who said no, in words without secrets, or ""
 */
public record TriggerAnswer(boolean yes, String text, String handler) {
    /** Nobody is configured to be asked. */
    public static final TriggerAnswer UNASKED = new TriggerAnswer(true, null, "");
}
