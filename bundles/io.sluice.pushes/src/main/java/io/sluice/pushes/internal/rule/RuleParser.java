package io.sluice.pushes.internal.rule;

import io.sluice.pushes.internal.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes a rule of its text: conditions such as {@code viewers(over=100)}, joined by and, or, not and parentheses; "not" binds closest, then "and". One rule a parser.
 */
public final class RuleParser {
    /** Each is watched by itself. */
    static final int MOST_CONDITIONS = 64;
    /** Parentheses and nots within each other: nobody reads deeper, and each is a call on the stack. */
    static final int MOST_DEPTH = 16;
    private final RuleText text;
    private int conditions;
    private int depth;

    private RuleParser(String text) {
        this.text = new RuleText(text);
    }

    /** @throws IllegalArgumentException that says what is wrong and where */
    public static Rule parse(String text) {
        RuleParser parser = new RuleParser(text);
        if (parser.text.ended()) {
            return Rule.ALWAYS;
        }
        Rule rule = parser.any();
        if (!parser.text.ended()) {
            throw parser.text.wrong(parser.text.place(), "\"and\" or \"or\" is wanted between two conditions");
        }
        return rule;
    }

    private Rule any() {
        List<Rule> parts = joined("or", this::all);
        return parts.size() == 1 ? parts.get(0) : new Rule.Any(parts);
    }

    private Rule all() {
        List<Rule> parts = joined("and", this::one);
        return parts.size() == 1 ? parts.get(0) : new Rule.All(parts);
    }

    private List<Rule> joined(String by, Supplier<Rule> part) {
        List<Rule> parts = new ArrayList<>();
        do {
            parts.add(part.get());
        } while (text.taken(by));
        return List.copyOf(parts);
    }

    private Rule one() {
        int place = text.place();
        if (text.taken("not")) {
            deeper(place);
            Rule part = one();
            depth--;
            return new Rule.Not(part);
        }
        if (text.taken('(')) {
            deeper(place);
            Rule inner = any();
            text.want(')', "after what stands in parentheses");
            depth--;
            return inner;
        }
        return condition(place);
    }

    private void deeper(int place) {
        if (++depth > MOST_DEPTH) {
            throw text.wrong(place, "parentheses and nots stand " + MOST_DEPTH + " deep at most");
        }
    }

    private Rule condition(int place) {
        String type = text.word();
        if (type.isEmpty() || type.equalsIgnoreCase("and") || type.equalsIgnoreCase("or")) {
            throw text.wrong(place, "a condition is wanted here, such as variable(name=onair, is=true)");
        }
        if (++conditions > MOST_CONDITIONS) {
            throw text.wrong(place, "a rule has " + MOST_CONDITIONS + " conditions at most");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (text.taken('(') && !text.taken(')')) {
            do {
                parameter(parameters);
            } while (text.taken(','));
            text.want(')', "after the parameters of " + type);
        }
        return new Rule.Condition(type, parameters, Shown.text(text.since(place).strip()));
    }

    private void parameter(Map<String, String> parameters) {
        int place = text.place();
        String key = text.word();
        if (key.isEmpty()) {
            throw text.wrong(place, "a parameter is wanted, such as name=onair");
        }
        text.want('=', "after the parameter " + key);
        if (parameters.putIfAbsent(key, text.value()) != null) {
            throw text.wrong(place, "the parameter " + key + " stands there twice");
        }
    }
}
