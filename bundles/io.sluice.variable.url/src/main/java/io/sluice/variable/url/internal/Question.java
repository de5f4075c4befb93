package io.sluice.variable.url.internal;

import io.sluice.api.variable.VariableRequest;
import io.sluice.format.http.OutboundRequest;
import io.sluice.format.json.JsonPick;
import io.sluice.format.outbound.UrlTemplate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a variable's parameters ask for.
 *
 * @param pointer into the answer, or null for all of it
 */
record Question(String method, URI uri, Map<String, String> headers, String body, String pointer) {
    private static final String HEADER = "header.";

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static Question of(VariableRequest request) {
        Map<String, String> parameters = request.parameters();
        String target = request.templates().getOrDefault("target", "");
        if (target.isBlank()) {
            throw new IllegalArgumentException("'target' is empty; a URL was wanted, such as https://studio.example/now");
        }
        String method = parameters.getOrDefault("method", "GET").strip().toUpperCase(Locale.ROOT);
        if (!method.equals("GET") && !method.equals("POST")) {
            throw new IllegalArgumentException("'method': GET or POST was wanted, '" + method + "' was found");
        }
        String pointer = parameters.get("pointer");
        named("pointer", () -> pointer == null ? null : new JsonPick(pointer));
        return new Question(method, named("target", () -> UrlTemplate.expand(target, request::expand)), headers(request.name(), parameters),
            method.equals("POST") ? parameters.getOrDefault("body", "") : "", pointer);
    }

    private static Map<String, String> headers(String name, Map<String, String> parameters) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        parameters.forEach((key, value) -> {
            if (key.startsWith(HEADER)) {
                headers.put(key.substring(HEADER.length()), value.strip());
            }
        });
        headers.put("X-Custom-Variable", name);
        headers.putIfAbsent("Content-Type", "text/plain");
        return headers;
    }

    private static <T> T named(String parameter, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + parameter + "': " + e.getMessage(), e);
        }
    }

    /** @param conditions headers that let the server say that nothing changed */
    OutboundRequest request(Map<String, String> conditions, VariableRequest limits, int maxRedirects) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        if (method.equals("GET")) {
            all.remove("Content-Type");
            conditions.forEach(all::putIfAbsent);
        }
        int maxBytes = pointer == null ? limits.maxBytes() : JsonPick.MAX_DOCUMENT_BYTES;
        return new OutboundRequest(method, uri, all, body.getBytes(StandardCharsets.UTF_8), limits.timeoutMillis(), maxBytes, maxRedirects);
    }
}
