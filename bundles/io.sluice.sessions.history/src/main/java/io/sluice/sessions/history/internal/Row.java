package io.sluice.sessions.history.internal;

import io.sluice.api.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How a session is written: texts of peers made fit for any database, and of a token only the beginning. */
final class Row {
    static final String STREAM = "stream";
    static final String PROTOCOL = "protocol";
    static final String ADDRESS = "address";
    static final String TAG = "tag";
    private static final int MAX_NAME = 256;
    private static final int MAX_TOKEN = 8;

    private Row() {
    }

    /** The same session always has the same key, so that it is written once: its id may come again, but not begin at the same moment again. */
    static UUID key(Session session) {
        return UUID.nameUUIDFromBytes((session.id() + " " + session.sinceMillis()).getBytes(StandardCharsets.UTF_8));
    }

    /** As much as tells sessions apart on a page; what opens something is not kept. */
    static String tokenStart(String token) {
        return token.isEmpty() ? "" : text(token, Math.min(MAX_TOKEN, (token.length() + 1) / 2)) + "…";
    }

    /** PostgreSQL takes no NUL, no database takes half a surrogate pair. */
    static String text(String value, int max) {
        StringBuilder out = new StringBuilder(Math.min(value.length(), max));
        for (int i = 0; i < value.length() && out.length() < max;) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            if (out.length() + Character.charCount(c) <= max) {
                out.appendCodePoint(Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c);
            } else {
                break;
            }
        }
        return out.toString();
    }

    /** Names with their seconds; two that are cut to one are added up. */
    static Map<String, Long> names(Map<String, Long> seconds) {
        Map<String, Long> names = new HashMap<>();
        seconds.forEach((name, s) -> names.merge(text(name, MAX_NAME), s, Long::sum));
        return names;
    }
}
