package io.sluice.format.files;

import java.util.function.UnaryOperator;

/**
 * A path with variables in it. It is taken apart at its slashes first: a value in a step stays in this step, it cannot bring slashes or be "..". The first step may be a whole
 * path: {@code $folder/now.txt}.
 */
public final class PathTemplate {
    private PathTemplate() {
    }

    /**
     * @param expander replaces what a step holds
     * @throws IllegalArgumentException when a value would be more than its step; and what the expander throws
     */
    public static String expand(String template, UnaryOperator<String> expander) {
        StringBuilder path = new StringBuilder();
        int depth = 0;
        int start = 0;
        for (int at = 0; at <= template.length(); at++) {
            char c = at < template.length() ? template.charAt(at) : '/';
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '/' && (depth <= 0 || at == template.length())) {
                path.append(step(template.substring(start, at), start == 0, expander));
                path.append(at < template.length() ? "/" : "");
                start = at + 1;
            }
        }
        return path.toString();
    }

    private static String step(String step, boolean first, UnaryOperator<String> expander) {
        if (step.indexOf('$') < 0) {
            return step;
        }
        String value = expander.apply(step);
        if (!first && (value.indexOf('/') >= 0 || value.equals("..") || value.equals("."))) {
            throw new IllegalArgumentException("a file or folder's name was wanted for '" + step + "', '" + value + "' was found");
        }
        return value;
    }
}
