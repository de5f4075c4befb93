package io.sluice.pushes.internal.run;

import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushClock;
import io.sluice.api.variable.Expansion;
import io.sluice.pushes.internal.Settings;
import io.sluice.pushes.internal.rule.Rule;
import io.sluice.pushes.internal.sense.Sensors;
import io.sluice.pushes.internal.time.Ticker;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What all jobs work with; on the engine's thread.
 *
 * @param expander any text, with built-in values
 */
record Means(Ticker ticker, PushClock clock, Outputs outputs, Presence presence, Sensors sensors, StartPace pace, Journal journal, Supplier<Settings> settings,
    BiFunction<String, Map<String, String>, Expansion> expander) {
    PushCondition condition(Rule.Condition written, String stream) {
        return new PushCondition(written.type(), stream, written.parameters(), clock, text -> expander.apply(text, Map.of("stream", stream)));
    }
}
