package io.sluice.variables.internal.expand;

import io.sluice.api.variable.Expansion;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Replaces names by values, and keeps templates that were taken apart. From any thread, without waiting. */
public final class Expander {
    public static final int MOST_CHARACTERS = 64 * 1024;
    /** Templates come from configurations: a few for each stream and push. With the longest text that is kept this is 4 MiB of characters. */
    private static final int MOST_TEMPLATES = 4096;
    private static final int LONGEST_KEPT = 1024;
    private final Function<String, Value> values;
    private final Supplier<ZonedDateTime> clock;
    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    /**
     * @param text     of a variable
     * @param template whether names in it are replaced in turn
     */
    public record Value(String text, boolean template) {
    }

    /** @param values of custom variables by name; null for none */
    public Expander(Function<String, Value> values, Supplier<ZonedDateTime> clock) {
        this.values = values;
        this.clock = clock;
    }

    public Expansion expand(String template, Map<String, String> context) {
        if (template.indexOf('$') < 0 && template.length() <= MOST_CHARACTERS) {
            return new Expansion(template, "");
        }
        if (template.length() > MOST_CHARACTERS) {
            return new Expansion("", "the template has " + template.length() + " characters; " + MOST_CHARACTERS + " are the most");
        }
        return new Run(values, new BuiltIns(context, clock), this::parsed).expand(template);
    }

    Template parsed(String text) {
        Template known = templates.get(text);
        if (known != null) {
            return known;
        }
        Template parsed = Template.parse(text);
        if (text.length() <= LONGEST_KEPT) {
            if (templates.size() >= MOST_TEMPLATES) {
                templates.clear();
            }
            templates.put(text, parsed);
        }
        return parsed;
    }
}
