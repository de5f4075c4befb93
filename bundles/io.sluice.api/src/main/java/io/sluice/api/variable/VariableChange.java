package io.sluice.api.variable;

/** A new value. @param atMillis Unix epoch @param before the last value, or "" at the first @param now the new one, or "" when the variable is gone */
public record VariableChange(String name, String before, String now, long atMillis) {
}
