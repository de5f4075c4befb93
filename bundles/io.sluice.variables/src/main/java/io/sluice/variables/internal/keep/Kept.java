package io.sluice.variables.internal.keep;

import io.sluice.api.variable.VariableChange;
import java.util.List;

/**
 * What outlives a restart or a replaced engine, of one variable.
 *
 * @param given      the value in its configuration at that time: when it has been edited since, the edit wins
 * @param nextMillis Unix epoch of the next reading, 0 for none
 * @param template   whether names in the value are replaced
 * @param watched    whether its source told of changes by itself
 * @param changes    oldest first
 */
public record Kept(String name, String type, String given, String value, boolean template, boolean watched, long changedMillis, long readMillis, long nextMillis,
    List<VariableChange> changes) {
}
