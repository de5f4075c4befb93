package io.sluice.api.variable;

/** A new value. @param atMillis Unix epoch @param before the last value, or "" at the first */
public record VariableChange(String name, String before, String now, long atMillis) {
}
