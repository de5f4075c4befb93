package io.sluice.api.push;

/**
 * How one stream of an entry fares.
 *
 * @param stream     its name
 * @param on         whether it is to be pushed now
 * @param why        in words: what turned it on or off, or what it waits for
 * @param rule       the rule with the values of now
 * @param output     the push that runs, or the last that ended; null when there was none since the engine began
 * @param nextMillis Unix epoch of the next try, 0 for none
 * @param starts     since the engine began
 */
public record PushState(String stream, boolean on, String why, PushReason rule, Output output, long nextMillis, long starts) {
}
