package io.sluice.triggers.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;

/** An event as JSON: {@code {"event": type, "id": …, "timeMillis": …, "stream": …, "fields": {name: value …}}}, numbers as numbers. */
final class JsonPayload {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonPayload() {
    }

    static String of(TriggerEvent event, TriggerType type, String id, long atMillis) {
        Map<String, TriggerType.Form> forms = type.fields().stream().collect(Collectors.toMap(TriggerType.Field::name, TriggerType.Field::form));
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("event", event.type());
            json.writeStringField("id", id);
            json.writeNumberField("timeMillis", atMillis);
            json.writeStringField("stream", event.stream());
            json.writeObjectFieldStart("fields");
            for (Map.Entry<String, String> field : event.fields().entrySet()) {
                json.writeFieldName(field.getKey());
                value(json, forms.getOrDefault(field.getKey(), TriggerType.Form.TEXT), field.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString();
    }

    /** What is not of its form is written as text: better than no event. */
    private static void value(JsonGenerator json, TriggerType.Form form, String value) throws IOException {
        if (form == TriggerType.Form.NUMBER && value.matches("-?(0|[1-9]\\d{0,17})(\\.\\d{1,9})?") || form == TriggerType.Form.JSON && valid(value)) {
            json.writeRawValue(value);
        } else {
            json.writeString(value);
        }
    }

    private static boolean valid(String value) {
        try (JsonParser parser = JSON.createParser(value)) {
            boolean some = parser.nextToken() != null;
            parser.skipChildren();
            return some && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
