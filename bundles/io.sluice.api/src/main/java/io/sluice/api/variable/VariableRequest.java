package io.sluice.api.variable;

import java.util.Map;
import java.util.concurrent.Executor;

/**
 * @param name          of the variable, without "$"
 * @param parameters    of its configuration, such as {@code target}; the source's README lists them. Already expanded
 * @param timeoutMillis after which the engine gives up
 * @param maxBytes      of a value; the source reads no more than this
 * @param workers       for what blocks
 */
public record VariableRequest(String name, Map<String, String> parameters, long timeoutMillis, int maxBytes, Executor workers) {
    public VariableRequest {
        parameters = Map.copyOf(parameters);
    }
}
