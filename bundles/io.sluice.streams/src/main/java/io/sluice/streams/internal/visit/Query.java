package io.sluice.streams.internal.visit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The query in a stream's name, as protocols without URLs of their own carry it; read leniently: what is not encoded after all is taken as it is. */
final class Query {
    /** A query with more is no address that a person or a player wrote. */
    private static final int MOST = 64;

    private Query() {
    }

    /** Adds the parameters; of equal names the first stays. @param raw without "?" */
    static void read(String raw, Map<String, String> into) {
        if (raw.isEmpty()) {
            return;
        }
        for (String pair : raw.split("[&?]")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty() && into.size() < MOST) {
                into.putIfAbsent(decoded(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
    }

    /** What stands behind the first "?", or "". */
    static String of(String text) {
        int query = text.indexOf('?');
        return query < 0 ? "" : text.substring(query + 1);
    }

    /** In the order of the names, so that equal parameters make equal addresses. */
    static String text(Map<String, String> parameters) {
        return parameters.isEmpty() ? "" : new TreeMap<>(parameters).entrySet().stream().map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue())).collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
