package io.sluice.variables.internal.keep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.sluice.api.variable.VariableChange;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A variable as a line of JSON. Its history is an array: the value before the first change, then a time and a value for each:
 * {@code {"name":"studio","type":"url","given":"","value":"b","changed":2,"read":3,"next":4,"history":["",1,"a",2,"b"]}}.
 */
final class KeptLine {
    /** Escapes: half a surrogate pair in one value must not keep all of them from being written. */
    private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private KeptLine() {
    }

    static String write(Kept kept) throws IOException {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("name", kept.name());
            out.writeStringField("type", kept.type());
            out.writeStringField("given", kept.given());
            out.writeStringField("value", kept.value());
            out.writeNumberField("template", kept.template() ? 1 : 0);
            out.writeNumberField("watched", kept.watched() ? 1 : 0);
            out.writeNumberField("changed", kept.changedMillis());
            out.writeNumberField("read", kept.readMillis());
            out.writeNumberField("next", kept.nextMillis());
            history(out, kept.changes());
            out.writeEndObject();
        }
        return line.toString();
    }

    private static void history(JsonGenerator out, List<VariableChange> changes) throws IOException {
        out.writeArrayFieldStart("history");
        if (!changes.isEmpty()) {
            out.writeString(changes.get(0).before());
        }
        for (VariableChange change : changes) {
            out.writeNumber(change.atMillis());
            out.writeString(change.now());
        }
        out.writeEndArray();
    }

    /** @throws IOException for what {@link #write} did not write */
    static Kept read(String line) throws IOException {
        Map<String, String> texts = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        List<VariableChange> changes = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(line)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                switch (parser.nextToken()) {
                    case VALUE_STRING -> texts.put(field, parser.getText());
                    case START_ARRAY -> changes(parser, texts.get("name"), changes);
                    default -> numbers.put(field, parser.getLongValue());
                }
            }
        }
        if (!texts.keySet().containsAll(List.of("name", "type", "given", "value"))) {
            throw new IOException("name, type, given or value is missing");
        }
        return new Kept(texts.get("name"), texts.get("type"), texts.get("given"), texts.get("value"), numbers.getOrDefault("template", 0L) > 0,
            numbers.getOrDefault("watched", 0L) > 0, numbers.getOrDefault("changed", 0L), numbers.getOrDefault("read", 0L), numbers.getOrDefault("next", 0L), List.copyOf(changes));
    }

    private static void changes(JsonParser parser, String name, List<VariableChange> changes) throws IOException {
        String before = "";
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                before = parser.getText();
            } else {
                long at = parser.getLongValue();
                expect(parser.nextToken(), JsonToken.VALUE_STRING);
                changes.add(new VariableChange(name, before, parser.getText(), at));
                before = parser.getText();
            }
        }
    }

    private static void expect(JsonToken found, JsonToken wanted) throws IOException {
        if (found != wanted) {
            throw new IOException(wanted + " is wanted, " + found + " is found");
        }
    }
}
