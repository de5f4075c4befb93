package io.sluice.config.internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a configuration so that a person likes to edit it: one line for each value, a type only where JSON does not show it. */
final class CfgJsonText {
    private CfgJsonText() {
    }

    static String of(Map<String, Object> values) {
        if (values.isEmpty()) {
            return "{\n}\n";
        }
        return values.entrySet().stream().map(entry -> "  " + line(entry.getKey(), entry.getValue())).collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String line(String key, Object value) {
        ValueType type = ValueType.of(value);
        // a key that ends like a type must say its own, or it would lose its end when it is read
        boolean ambiguous = key.lastIndexOf(':') > 0 && ValueType.parse(key.substring(key.lastIndexOf(':') + 1)).isPresent();
        List<Object> elements = Values.isMany(value) ? Values.elements(value) : List.of(value);
        String name = type.plain() && !ambiguous && elements.stream().allMatch(CfgJsonText::inJson) ? key : key + ':' + type.text();
        String values = elements.stream().map(CfgJsonText::scalar).collect(Collectors.joining(", "));
        return quoted(name) + ": " + (Values.isMany(value) ? '[' + values + ']' : values);
    }

    private static String scalar(Object value) {
        return (value instanceof Boolean || value instanceof Number) && inJson(value) ? value.toString() : quoted(value.toString());
    }

    /** JSON has no word for NaN and the infinities. */
    private static boolean inJson(Object value) {
        return !(value instanceof Double d && !Double.isFinite(d)) && !(value instanceof Float f && !Float.isFinite(f));
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
