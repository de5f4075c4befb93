package io.sluice.variables.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The attributes of a configuration, of whatever type somebody wrote them in: a number can be a text, a list a single text. */
record Attributes(Map<String, Object> values) {
    String text(String key, String otherwise) {
        Object value = values.get(key);
        return value == null ? otherwise : value.toString();
    }

    /** @throws IllegalArgumentException for what is no whole number */
    long number(String key, long otherwise) {
        Object value = values.get(key);
        if (value instanceof Number number) {
            return number.longValue();
        }
        String text = value == null ? "" : value.toString().strip();
        try {
            return text.isEmpty() ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is '" + Names.shown(text) + "'; a whole number is wanted");
        }
    }

    List<String> texts(String key) {
        Object value = values.get(key);
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(String::valueOf).toList();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }
}
