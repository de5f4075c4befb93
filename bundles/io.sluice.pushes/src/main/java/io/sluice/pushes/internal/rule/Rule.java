package io.sluice.pushes.internal.rule;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** When a push is to run, taken apart. */
public sealed interface Rule {
    /** All of these; with none of them always. */
    record All(List<Rule> parts) implements Rule {
    }

    /** At least one of these. */
    record Any(List<Rule> parts) implements Rule {
    }

    record Not(Rule part) implements Rule {
    }

    /** @param parameters in the order in which they are written @param text as it is written, without secrets */
    record Condition(String type, Map<String, String> parameters, String text) implements Rule {
    }

    /** The empty rule. */
    Rule ALWAYS = new All(List.of());

    /** In the order in which they are written. */
    default Stream<Condition> conditions() {
        if (this instanceof All all) {
            return all.parts().stream().flatMap(Rule::conditions);
        }
        if (this instanceof Any any) {
            return any.parts().stream().flatMap(Rule::conditions);
        }
        return this instanceof Not not ? not.part().conditions() : Stream.of((Condition) this);
    }
}
