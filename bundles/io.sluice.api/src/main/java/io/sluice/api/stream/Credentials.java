package io.sluice.api.stream;

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

    /** Never prints a secret. */
    @Override
    public String toString() {
        int query = name.indexOf('?');
        return query < 0 ? name : name.substring(0, query);
    }
}
