package io.sluice.streams.internal.gate;

import io.sluice.api.stream.Credentials;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys that a peer offered, wherever it put them: {@code ?key=} or {@code ?pass=} in the name, the app or the parameters, the password of user:password,
 * a bearer token, or the whole RTMP app ({@code rtmp://host/KEY/stream}, IN-02). The one reader of credentials, for every ingest. Never printed.
 */
public final class OfferedKeys {
    private static final List<String> PARAMETERS = List.of("key", "pass");

    private final Set<String> keys = new LinkedHashSet<>();
    private boolean explicit;

    private OfferedKeys() {
    }

    public static OfferedKeys of(Credentials credentials) {
        OfferedKeys offered = new OfferedKeys();
        offered.query(credentials.name());
        offered.query(credentials.app());
        PARAMETERS.forEach(p -> offered.explicit(credentials.parameters().get(p)));
        offered.explicit(credentials.password());
        int query = credentials.app().indexOf('?');
        offered.add(query < 0 ? credentials.app() : credentials.app().substring(0, query));
        return offered;
    }

    /** A key was offered as such, not only an app that might be one. */
    public boolean any() {
        return explicit;
    }

    /** One of them is this key; takes the same time wherever a wrong one differs. An empty key is never matched. */
    public boolean match(String key) {
        if (key.isEmpty()) {
            return false;
        }
        boolean found = false;
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        for (String offer : keys) {
            found |= MessageDigest.isEqual(wanted, offer.getBytes(StandardCharsets.UTF_8));
        }
        return found;
    }

    private void query(String text) {
        int query = text.indexOf('?');
        if (query < 0) {
            return;
        }
        for (String pair : text.substring(query + 1).split("[&?]")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && PARAMETERS.contains(pair.substring(0, equals))) {
                String value = pair.substring(equals + 1);
                explicit(value);
                explicit(decoded(value));
            }
        }
    }

    private void explicit(String value) {
        explicit |= add(value);
    }

    private boolean add(String value) {
        return value != null && !value.isEmpty() && keys.add(value);
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // not encoded after all
        }
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
