package io.sluice.format.session;

import io.sluice.api.session.ConnectionFacts;

/** Values of HTTP's Cookie header; RFC 6265 section 4.2.1: {@code name=value; name=value}. */
public final class Cookies {
    private Cookies() {
    }

    /** The first cookie of that name, without quotes around it, or "". */
    public static String value(ConnectionFacts facts, String name) {
        String header = facts.headers().getOrDefault("cookie", "");
        for (int from = 0; from < header.length();) {
            int semicolon = header.indexOf(';', from);
            int to = semicolon < 0 ? header.length() : semicolon;
            int equals = header.indexOf('=', from);
            if (equals >= 0 && equals < to && header.substring(from, equals).strip().equals(name)) {
                return unquoted(header.substring(equals + 1, to).strip());
            }
            from = to + 1;
        }
        return "";
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
