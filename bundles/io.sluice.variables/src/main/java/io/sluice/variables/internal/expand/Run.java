package io.sluice.variables.internal.expand;

import io.sluice.api.variable.Expansion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One expansion. One thread, once. */
final class Run {
    private static final int DEEPEST = 10;
    /** Values that name others many times over grow by a power with each level: this many names are looked up, whatever comes out. */
    private static final int MOST_STEPS = 10_000;
    private static final int MOST_PROBLEMS = 5;
    private final Function<String, Expander.Value> custom;
    private final BuiltIns builtIns;
    private final Function<String, Template> parser;
    private final StringBuilder out = new StringBuilder(128);
    private final List<String> path = new ArrayList<>(4);
    private final List<String> problems = new ArrayList<>(0);
    private int steps;
    private boolean full;

    Run(Function<String, Expander.Value> custom, BuiltIns builtIns, Function<String, Template> parser) {
        this.custom = custom;
        this.builtIns = builtIns;
        this.parser = parser;
    }

    Expansion expand(String template) {
        write(parser.apply(template));
        return new Expansion(out.toString(), problems.isEmpty() ? "" : String.join("; ", problems));
    }

    private void write(Template template) {
        for (Template.Part part : template.parts()) {
            if (full) {
                return;
            }
            if (part instanceof Template.Text text) {
                append(text.text());
            } else if (part instanceof Template.Reference reference) {
                replace(reference);
            }
        }
    }

    private void replace(Template.Reference reference) {
        if (++steps > MOST_STEPS) {
            stop("more than " + MOST_STEPS + " names are to be replaced");
            return;
        }
        for (String name : reference.names()) {
            String builtIn = builtIns.find(name);
            Expander.Value value = builtIn != null ? new Expander.Value(builtIn, false) : custom.apply(name);
            if (value != null && !(value.text().isEmpty() && reference.fallback() != null)) {
                put(name, value, reference);
                append(reference.name().substring(name.length()));
                return;
            }
        }
        if (reference.fallback() != null) {
            write(reference.fallback());
        } else {
            stays(reference.written(), "there is no value for $" + withoutEnd(reference.name()));
        }
    }

    private void put(String name, Expander.Value value, Template.Reference reference) {
        if (!value.template() || value.text().indexOf('$') < 0) {
            append(value.text());
        } else if (path.contains(name)) {
            stays(written(name, reference), "a cycle: $" + String.join(" → $", path.subList(path.indexOf(name), path.size())) + " → $" + name);
        } else if (path.size() == DEEPEST) {
            stays(written(name, reference), "more than " + DEEPEST + " variables inside one another: $" + String.join(" → $", path) + " → $" + name);
        } else {
            path.add(name);
            write(parser.apply(value.text()));
            path.remove(path.size() - 1);
        }
    }

    /** Of a bare name only its own part: the caller appends what follows in the run of characters. */
    private static String written(String name, Template.Reference reference) {
        return reference.written().startsWith("${") ? reference.written() : "$" + name;
    }

    private void stays(String written, String problem) {
        append(written);
        if (problems.size() < MOST_PROBLEMS && !problems.contains(problem)) {
            problems.add(problem);
        }
    }

    private void append(String text) {
        if (out.length() + text.length() > Expander.MOST_CHARACTERS) {
            stop("the result would have more than " + Expander.MOST_CHARACTERS + " characters");
            return;
        }
        out.append(text);
    }

    private void stop(String problem) {
        if (!full) {
            full = true;
            problems.add(problem);
        }
    }

    /** A dot at the end of a sentence is nobody's name. */
    private static String withoutEnd(String name) {
        int end = name.length();
        while (end > 1 && "_.-".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(0, end);
    }
}
