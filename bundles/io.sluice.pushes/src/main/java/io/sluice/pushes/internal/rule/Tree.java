package io.sluice.pushes.internal.rule;

import io.sluice.api.push.PushReason;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A rule that is watched for one stream: a sensor for each of its conditions. Made and closed on the engine's thread; asked from any. */
public final class Tree implements AutoCloseable {
    private final Rule rule;
    private final Map<Rule.Condition, Sensing> sensors = new IdentityHashMap<>();

    /** What a condition is now. */
    public interface Sensing {
        Seen seen();

        void close();
    }

    public Tree(Rule rule, Function<Rule.Condition, Sensing> sensing) {
        this.rule = rule;
        rule.conditions().forEach(c -> sensors.put(c, sensing.apply(c)));
    }

    /** As its sensors say now. */
    public Seen seen() {
        return seen(rule, c -> sensors.get(c).seen());
    }

    /** Of a rule whose conditions stand as they are said to. */
    static Seen seen(Rule rule, Function<Rule.Condition, Seen> conditions) {
        if (rule instanceof Rule.All all) {
            return Seen.all(all.parts().stream().map(p -> seen(p, conditions)).toList());
        }
        if (rule instanceof Rule.Any any) {
            return Seen.any(any.parts().stream().map(p -> seen(p, conditions)).toList());
        }
        return rule instanceof Rule.Not not ? seen(not.part(), conditions).not() : conditions.apply((Rule.Condition) rule);
    }

    /** The same with all its parts. */
    public PushReason reason() {
        return reason(rule);
    }

    private PushReason reason(Rule part) {
        Seen seen = seen(part, c -> sensors.get(c).seen());
        if (part instanceof Rule.Condition condition) {
            return new PushReason(condition.text(), seen.standing(), seen.why(), List.of());
        }
        List<Rule> parts = part instanceof Rule.All all ? all.parts() : part instanceof Rule.Any any ? any.parts() : List.of(((Rule.Not) part).part());
        String text = part instanceof Rule.All ? "and" : part instanceof Rule.Any ? "or" : "not";
        return new PushReason(text, seen.standing(), "", parts.stream().map(this::reason).toList());
    }

    @Override
    public void close() {
        sensors.values().forEach(Sensing::close);
    }
}
