package io.sluice.api.stream;

import io.sluice.api.net.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * What a peer offered, as it came; the gate alone reads keys out of it, so every ingest accepts the same forms.
 *
 * @param app        RTMP's application or its like in other protocols, without query, or ""
 * @param name       the stream's name as the peer wrote it: may carry {@code ?key=value&…}
 * @param parameters further query parameters, decoded
 * @param user       of user:password, or ""
 * @param password   of user:password or a bearer token, or ""
 */
public record Credentials(String app, String name, Map<String, String> parameters, String user, String password) {
    public Credentials {
        parameters = Map.copyOf(parameters);
    }

    public static Credentials of(String name) {
        return new Credentials("", name, Map.of(), "", "");
    }

    /** Of a request: its query's parameters, and user:password or the bearer token of its Authorization header (RFC 7617, RFC 6750 section 2.1). */
    public static Credentials of(HttpExchange exchange, String name) {
        String authorization = exchange.header("authorization");
        String[] words = authorization == null ? new String[0] : authorization.trim().split(" +", 2);
        if (words.length == 2 && words[0].equalsIgnoreCase("bearer")) {
            return new Credentials("", name, exchange.parameters(), "", words[1]);
        }
        String pair = words.length == 2 && words[0].equalsIgnoreCase("basic") ? decoded(words[1]) : "";
        int colon = pair.indexOf(':');
        return new Credentials("", name, exchange.parameters(), colon < 0 ? "" : pair.substring(0, colon), colon < 0 ? "" : pair.substring(colon + 1));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        int query = name.indexOf('?');
        return query < 0 ? name : name.substring(0, query);
    }
}
