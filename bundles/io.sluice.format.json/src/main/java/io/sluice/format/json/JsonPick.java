package io.sluice.format.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Picks one value out of a document, by a JSON pointer (RFC 6901) such as {@code /studios/0/name}; "" is the whole document. Immutable. */
public final class JsonPick {
    /** Of a document worth picking from; whoever reads it stops there. */
    public static final int MAX_DOCUMENT_BYTES = 1 << 20;

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonPointer pointer;

    /** @throws IllegalArgumentException when it is no pointer */
    public JsonPick(String pointer) {
        this.pointer = JsonPointer.compile(pointer);
    }

    /**
     * @param document UTF-8, or another encoding that RFC 4627 section 3 tells apart
     * @return text as it is, numbers and booleans as they are written, objects and arrays as JSON
     * @throws IOException with a sentence: it is no JSON, or the pointer leads to nothing or to null
     */
    public String from(byte[] document) throws IOException {
        JsonNode found;
        try {
            found = mapper.readTree(document).at(pointer);
        } catch (JsonProcessingException e) {
            throw new IOException("JSON was wanted: " + e.getOriginalMessage());
        }
        if (found.isMissingNode() || found.isNull()) {
            throw new IOException("there is nothing at '" + pointer + "'");
        }
        return found.isContainerNode() ? found.toString() : found.asText();
    }
}
