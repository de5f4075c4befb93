package io.sluice.api.variable;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * @param name          of the variable, without "$"
 * @param parameters    of its configuration, such as {@code target}; the source's README lists them. Already expanded
 * @param templates     the same parameters as they are configured, not expanded: for a source that splits one into words or puts values into a URL. It takes the template apart
 *                      first and expands the parts, so that a value never becomes more than the part it stands in
 * @param expander      of parts of templates, with the variables that the parameters see; any thread, no I/O
 * @param timeoutMillis after which the engine gives up
 * @param maxBytes      of a value; the source reads no more than this
 * @param workers       for what blocks
 */
public record VariableRequest(String name, Map<String, String> parameters, Map<String, String> templates, Function<String, Expansion> expander, long timeoutMillis, int maxBytes,
    Executor workers) {
    public VariableRequest {
        parameters = Map.copyOf(parameters);
        templates = Map.copyOf(templates);
    }

    /** For parameters in which nothing is to be expanded. */
    public VariableRequest(String name, Map<String, String> parameters, long timeoutMillis, int maxBytes, Executor workers) {
        this(name, parameters, parameters, template -> new Expansion(template, ""), timeoutMillis, maxBytes, workers);
    }

    /**
     * A part of a template with its values.
     *
     * @throws IllegalArgumentException with the problem, such as a variable that has no value
     */
    public String expand(String part) {
        Expansion expansion = expander.apply(part);
        if (!expansion.problem().isEmpty()) {
            throw new IllegalArgumentException(expansion.problem());
        }
        return expansion.text();
    }

    /** The same, with an x in the place of each part that would be expanded: for a look at the form before variables have values. */
    public VariableRequest shape() {
        return new VariableRequest(name, parameters, templates, part -> new Expansion("x", ""), timeoutMillis, maxBytes, workers);
    }
}
