package io.sluice.api.trigger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something that happened, or is about to and may be refused.
 *
 * @param type   such as "USER_NEW": the name that handlers are configured for
 * @param stream the stream it is about, or ""
 * @param fields by name, in the order of the plain payload's lines
 */
public record TriggerEvent(String type, String stream, Map<String, String> fields) {
    public TriggerEvent {
        Map<String, String> copy = new LinkedHashMap<>(fields);
        copy.replaceAll((name, value) -> value == null ? "" : value);
        fields = Collections.unmodifiableMap(copy);
    }

    /** @param namesAndValues name, value, name, value … */
    public static TriggerEvent of(String type, String stream, String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new TriggerEvent(type, stream, fields);
    }

    /**
     * The plain form that handlers get: values, one a line, no line break at the end. A line break inside a value becomes a space, or whoever names a stream or an address could
     * write lines of his own; one at the end of a value goes.
     */
    public String payload() {
        return fields.values().stream().map(value -> value.indexOf('\n') < 0 && value.indexOf('\r') < 0 ? value : value.strip().replaceAll("[\r\n]+", " "))
            .collect(Collectors.joining("\n"));
    }
}
