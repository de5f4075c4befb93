package io.sluice.api.trigger;

/**
 * What one handler said to a sample.
 *
 * @param text    of the answer, or null when there was none
 * @param meaning of the answer for this type, or what went wrong
 * @param nanos   until then
 */
public record TriggerReply(String text, String meaning, long nanos) {
}
