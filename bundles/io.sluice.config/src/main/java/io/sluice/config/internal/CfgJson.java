package io.sluice.config.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads a configuration file: JSON with types after the key's colon and with comments, as in OSGi Compendium 8, section 150.3. Where a type is named and the value is a
 * placeholder, the value stays a string: it gets its type when it is filled in.
 */
final class CfgJson {
    private static final JsonFactory JSON = JsonFactory.builder()
        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
        .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();

    private final JsonParser parser;
    private JsonLocation place = JsonLocation.NA;

    private CfgJson(JsonParser parser) {
        this.parser = parser;
    }

    /** @return keys without their types, in the file's order */
    static Map<String, Object> read(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return new CfgJson(parser).object();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new BrokenFile(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage());
        }
    }

    private Map<String, Object> object() throws IOException {
        expect(JsonToken.START_OBJECT, "an object in braces");
        Map<String, Object> result = new LinkedHashMap<>();
        TreeSet<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        while (next() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (key.isEmpty()) {
                throw broken("a key may not be empty");
            }
            entry(key, result, folded);
        }
        if (next() != null) {
            throw broken("something follows the closing brace");
        }
        return result;
    }

    private void entry(String key, Map<String, Object> result, TreeSet<String> folded) throws IOException {
        int colon = key.lastIndexOf(':');
        ValueType type = colon <= 0 ? null : ValueType.parse(key.substring(colon + 1)).orElse(null);
        String name = type == null ? key : key.substring(0, colon);
        if (!folded.add(name)) {
            throw broken("the key " + name + " is there twice; upper and lower case do not count");
        }
        Object value = value(next(), type);
        // what starts with a colon is a note of some tool; null is no value
        if (value != null && !name.startsWith(":")) {
            result.put(name, value);
        }
    }

    private Object value(JsonToken token, ValueType type) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            return array(type);
        }
        Object raw = scalar(token);
        if (raw == null || type == null) {
            return raw;
        }
        Object converted = convert(raw, type.scalar());
        return type.shape() == ValueType.Shape.ONE || converted.getClass() != type.scalar().type ? converted : type.many(List.of(converted));
    }

    private Object array(ValueType declared) throws IOException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            Object raw = scalar(token);
            if (raw == null) {
                throw broken("null cannot be in a list");
            }
            elements.add(declared == null ? raw : convert(raw, declared.scalar()));
        }
        ValueType.Scalar scalar = declared != null ? declared.scalar() : elements.isEmpty() ? ValueType.Scalar.String : ValueType.of(elements.get(0)).scalar();
        if (elements.stream().allMatch(element -> element.getClass() == scalar.type)) {
            return new ValueType(scalar, declared == null || declared.shape() == ValueType.Shape.ONE ? ValueType.Shape.ARRAY : declared.shape()).many(elements);
        }
        if (elements.stream().anyMatch(CfgJson::isPlaceholder)) {
            return elements.stream().map(String::valueOf).toArray(String[]::new);
        }
        throw broken("the elements of a list must be of one type; found " + Arrays.toString(elements.toArray()));
    }

    private Object scalar(JsonToken token) throws IOException {
        if (token == null) {
            throw broken("the file ends in the middle");
        }
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw broken("wanted a string, a number, true, false or a list of these, found " + parser.getText());
        };
    }

    private Object convert(Object raw, ValueType.Scalar scalar) throws IOException {
        try {
            return isPlaceholder(raw) ? raw : scalar.parse(raw.toString());
        } catch (IllegalArgumentException e) {
            throw broken("wanted a value of type " + scalar.name() + ", found " + raw);
        }
    }

    static boolean isPlaceholder(Object value) {
        return value instanceof String text && text.contains("$[");
    }

    private void expect(JsonToken wanted, String words) throws IOException {
        JsonToken found = next();
        if (found != wanted) {
            throw broken("wanted " + words + ", found " + (found == null ? "nothing: the file is empty" : parser.getText()));
        }
    }

    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        place = parser.currentTokenLocation();
        return token;
    }

    private BrokenFile broken(String problem) {
        return new BrokenFile(Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()), problem);
    }
}
