package io.sluice.variable.file.internal;

import io.sluice.api.variable.VariableRequest;
import io.sluice.format.files.PathTemplate;
import io.sluice.format.json.JsonPick;

/**
 * What a variable's parameters ask for.
 *
 * @param path    of the file
 * @param line    counted from 1, or 0 for the whole file
 * @param pointer into a JSON document, or null
 */
record FileQuestion(String path, int line, String pointer) {
    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static FileQuestion of(VariableRequest request) {
        String target = request.templates().getOrDefault("target", "").strip();
        if (target.isEmpty()) {
            throw new IllegalArgumentException("'target' is empty; the path of a file was wanted, such as now.txt");
        }
        String pointer = request.parameters().get("pointer");
        if (pointer != null) {
            try {
                new JsonPick(pointer);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'pointer': " + e.getMessage(), e);
            }
        }
        return new FileQuestion(path(target, request), line(request.parameters().getOrDefault("line", "0").strip()), pointer);
    }

    private static String path(String target, VariableRequest request) {
        try {
            return PathTemplate.expand(target, request::expand);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'target': " + e.getMessage(), e);
        }
    }

    private static int line(String line) {
        if (!line.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("'line': the number of a line was wanted, '" + line + "' was found");
        }
        return Integer.parseInt(line);
    }
}
