package io.sluice.streams.internal.gate;

import io.sluice.api.stream.Denied;
import java.nio.charset.StandardCharsets;

/**
 * The naming rule (STR-07; MistServer 3.2's): lower case; before the first {@code +} or space only {@code [a-z0-9_.-]} is kept; the first of these becomes {@code +} and
 * what follows is kept as it is, but for control characters, which have no business in a log; {@code ?} and what follows is cut.
 */
public final class StreamName {
    /** MistServer's: names stand in URLs, file names and logs. */
    static final int MAX_BYTES = 100;

    private StreamName() {
    }

    /** @throws Denied where nothing is left or it is too long */
    public static String of(String written) {
        String name = clean(written);
        if (name.isEmpty() || name.charAt(0) == '+') {
            throw new Denied(Denied.Reason.NAME, "a stream name needs at least one of a-z 0-9 _ . - before any +");
        }
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_BYTES) {
            throw new Denied(Denied.Reason.NAME, "the stream name has " + length + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        return name;
    }

    /** What the rule leaves, which may be empty. */
    public static String clean(String written) {
        int query = written.indexOf('?');
        String name = query < 0 ? written : written.substring(0, query);
        StringBuilder out = new StringBuilder(Math.min(name.length(), 256));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '+' || c == ' ') {
                out.append('+');
                name.substring(i + 1).chars().filter(r -> !Character.isISOControl(r)).forEach(r -> out.append((char) r));
                return out.toString();
            }
            keep(c, out);
        }
        return out.toString();
    }

    /** The part before {@code +}, which configuration is looked up by. */
    public static String base(String name) {
        int plus = name.indexOf('+');
        return plus < 0 ? name : name.substring(0, plus);
    }

    private static void keep(char c, StringBuilder out) {
        char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        if (lower >= 'a' && lower <= 'z' || lower >= '0' && lower <= '9' || lower == '_' || lower == '.' || lower == '-') {
            out.append(lower);
        }
    }
}
