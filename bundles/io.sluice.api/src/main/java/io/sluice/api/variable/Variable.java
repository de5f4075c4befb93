package io.sluice.api.variable;

/**
 * A variable as pages and commands show it.
 *
 * @param name          without "$"
 * @param type          of its source: "static", "command" …
 * @param value         the last good one, or ""
 * @param known         whether there ever was a good one
 * @param changedMillis Unix epoch of the last change of the value, 0 for never
 * @param readMillis    Unix epoch of the last good reading: the value's age counts from here
 * @param nextMillis    Unix epoch of the next reading, 0 for none
 * @param tookMillis    the last reading took, -1 for none
 * @param error         why the last reading failed, or ""
 * @param failures      readings that failed since the last good one
 */
public record Variable(String name, String type, String value, boolean known, long changedMillis, long readMillis, long nextMillis, long tookMillis, String error,
    int failures) {
}
