package io.sluice.api.push;

import io.sluice.api.variable.Expansion;
import java.util.Map;
import java.util.function.Function;

/**
 * One condition in a rule, for one stream.
 *
 * @param type       sluice.name of its {@link PushTrigger}
 * @param stream     the stream that is to be pushed: a name, or a pattern such as "a+" where only the rule is looked at
 * @param parameters as written in the rule, variables not expanded; the trigger's README lists them
 * @param clock      the engine's
 * @param expander   of values, with the built-in variables of this push; no I/O
 */
public record PushCondition(String type, String stream, Map<String, String> parameters, PushClock clock, Function<String, Expansion> expander) {
    public PushCondition {
        parameters = Map.copyOf(parameters);
    }
}
