package io.sluice.push.variable.internal;

import io.sluice.api.variable.Variable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Which variables a template may depend on, those included that their values name in turn. Rather too many than too few: a bare name may end before an underscore, a dot or a
 * hyphen, so each of these is one.
 */
final class References {
    /** As many as the expander follows. */
    private static final int MAX_NAMES = 10_000;

    private References() {
    }

    /** @param known variables by name; null where there is none */
    static Set<String> of(String template, Function<String, Variable> known) {
        Set<String> names = new HashSet<>();
        Deque<String> texts = new ArrayDeque<>();
        texts.add(template);
        while (!texts.isEmpty() && names.size() < MAX_NAMES) {
            for (String name : named(texts.poll())) {
                Variable variable = names.add(name) ? known.apply(name) : null;
                if (variable != null && variable.value().indexOf('$') >= 0) {
                    texts.add(variable.value());
                }
            }
        }
        return names;
    }

    private static Set<String> named(String text) {
        Set<String> names = new HashSet<>();
        for (int at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
            int start = at + (text.startsWith("{", at + 1) ? 2 : 1);
            for (int end = start; end < text.length() && part(text.charAt(end)); end++) {
                boolean last = end + 1 == text.length() || !part(text.charAt(end + 1)) || "_.-".indexOf(text.charAt(end + 1)) >= 0;
                if (last) {
                    names.add(text.substring(start, end + 1));
                }
            }
        }
        return names;
    }

    private static boolean part(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0);
    }
}
