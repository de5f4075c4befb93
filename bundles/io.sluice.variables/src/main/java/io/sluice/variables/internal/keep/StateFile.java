package io.sluice.variables.internal.keep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.sluice.api.variable.VariableChange;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of values: JSON, a line for each variable, after a first line that says which process wrote it. Replaced whole, by renaming; only the server's user may read it. One
 * thread at a time.
 */
public final class StateFile {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final String PROCESS = ProcessHandle.current().pid() + "@" + ProcessHandle.current().info().startInstant().map(Object::toString).orElse("");
    /** Escapes: half a surrogate pair in one value must not keep all of them from being written. */
    private final JsonFactory json = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final Path path;

    /**
     * @param sameProcess whether this process wrote it, so that no restart lies between
     * @param byName      what is kept of each variable
     */
    public record Content(boolean sameProcess, Map<String, Kept> byName) {
    }

    public StateFile(Path path) {
        this.path = path;
    }

    /** Nothing where there is no file; a line that makes no sense is left out, and that is logged. */
    public Content read() {
        Map<String, Kept> result = new LinkedHashMap<>();
        boolean[] same = {false};
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    line(line, result, process -> same[0] = process.equals(PROCESS));
                } catch (IOException | RuntimeException e) {
                    LOG.warn("{} line {} is left out: {}", path, number, e.getMessage());
                }
            }
        } catch (NoSuchFileException e) {
            return new Content(false, Map.of());
        } catch (IOException e) {
            LOG.error("the last values of variables cannot be read from {}: {}", path, e.toString());
        }
        return new Content(same[0], result);
    }

    private void line(String line, Map<String, Kept> into, Consumer<String> process) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Long> times = new LinkedHashMap<>();
        List<VariableChange> changes = new ArrayList<>();
        try (JsonParser parser = json.createParser(line)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    texts.put(field, parser.getText());
                } else if (token == JsonToken.START_ARRAY) {
                    changes(parser, texts.get("name"), changes);
                } else {
                    times.put(field, parser.getLongValue());
                }
            }
        }
        if (texts.containsKey("process")) {
            process.accept(texts.get("process"));
        } else {
            String name = texts.get("name");
            if (name == null || !texts.containsKey("value") || !texts.containsKey("given")) {
                throw new IOException("name, value or given is missing");
            }
            into.put(name, new Kept(name, texts.get("type"), texts.get("given"), texts.get("value"), times.containsKey("template"), times.containsKey("watched"), times.getOrDefault("changed", 0L),
                times.getOrDefault("read", 0L), times.getOrDefault("next", 0L), List.copyOf(changes)));
        }
    }

    private static void changes(JsonParser parser, String name, List<VariableChange> changes) throws IOException {
        String before = "";
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String text = parser.getText();
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                before = text;
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

    /** Replaces the file. @throws IOException when the disk does not take it; then the file of before is still there */
    public void write(Iterable<Kept> all) throws IOException {
        Files.createDirectories(path.getParent());
        Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (BufferedWriter out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
            out.write("{\"process\":\"" + PROCESS + "\"}\n");
            for (Kept kept : all) {
                out.write(line(kept));
                out.write('\n');
            }
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String line(Kept kept) throws IOException {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator out = json.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("name", kept.name());
            out.writeStringField("type", kept.type());
            out.writeStringField("given", kept.given());
            out.writeStringField("value", kept.value());
            if (kept.template()) {
                out.writeNumberField("template", 1);
            }
            if (kept.watched()) {
                out.writeNumberField("watched", 1);
            }
            out.writeNumberField("changed", kept.changedMillis());
            out.writeNumberField("read", kept.readMillis());
            out.writeNumberField("next", kept.nextMillis());
            out.writeArrayFieldStart("history");
            if (!kept.changes().isEmpty()) {
                out.writeString(kept.changes().get(0).before());
            }
            for (VariableChange change : kept.changes()) {
                out.writeNumber(change.atMillis());
                out.writeString(change.now());
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return line.toString();
    }
}
