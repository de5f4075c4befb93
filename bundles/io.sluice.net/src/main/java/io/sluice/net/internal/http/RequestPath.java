package io.sluice.net.internal.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The target of a request (RFC 9112 section 3.2), taken apart.
 *
 * @param path  decoded once and normalised: begins with "/", no empty, "." or ".." segments, no control characters; '+' is itself
 * @param query raw, without "?", or ""
 */
record RequestPath(String path, String query) {
    /** A query with more is no address that a person or a player wrote. */
    private static final int MOST_PARAMETERS = 64;

    /** @throws Refusal 400 where the target is none */
    static RequestPath of(String target) {
        String local = originForm(target);
        int fragment = local.indexOf('#');
        if (fragment >= 0) {
            throw new Refusal(400, "a request target has no fragment");
        }
        int question = local.indexOf('?');
        String raw = question < 0 ? local : local.substring(0, question);
        return new RequestPath(normalise(decode(raw, false)), question < 0 ? "" : local.substring(question + 1));
    }

    private static String originForm(String target) {
        if (target.startsWith("/")) {
            return target;
        }
        int scheme = target.indexOf("://");
        if (scheme > 0 && (target.regionMatches(true, 0, "http", 0, scheme) || target.regionMatches(true, 0, "https", 0, scheme))) {
            int slash = target.indexOf('/', scheme + 3);
            if (slash == scheme + 3 || target.length() == scheme + 3) {
                throw new Refusal(400, "the request target names no host");
            }
            return slash < 0 ? "/" : target.substring(slash);
        }
        throw new Refusal(400, "the request target is no path");
    }

    /** The first value of a parameter, decoded, or null. Here '+' is a space, as forms write it. */
    String parameter(String name) {
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (decode(equals < 0 ? pair : pair.substring(0, equals), true).equals(name)) {
                return equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            }
        }
        return null;
    }

    /** All of them, decoded; of equal names the first. */
    Map<String, String> parameters() {
        if (query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty() && all.size() < MOST_PARAMETERS) {
                all.putIfAbsent(decode(equals < 0 ? pair : pair.substring(0, equals), true), equals < 0 ? "" : decode(pair.substring(equals + 1), true));
            }
        }
        return all;
    }

    private static String normalise(String path) {
        List<String> segments = new ArrayList<>();
        for (String s : path.split("/")) {
            if (s.equals("..")) {
                throw new Refusal(400, "the path has a '..' segment");
            }
            if (!s.isEmpty() && !s.equals(".")) {
                segments.add(s);
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String decode(String raw, boolean form) {
        ByteBuffer out = ByteBuffer.allocate(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                out.put((byte) (hex(raw, i + 1) << 4 | hex(raw, i + 2)));
                i += 2;
            } else if (c == '+' && form) {
                out.put((byte) ' ');
            } else if (c < 0x80) {
                out.put((byte) c);
            } else {
                out.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return text(out.flip(), form);
    }

    private static int hex(String raw, int i) {
        int digit = i < raw.length() ? Character.digit(raw.charAt(i), 16) : -1;
        if (digit < 0 || raw.charAt(i) >= 0x80) {
            throw new Refusal(400, "a '%' is not followed by two hexadecimal digits");
        }
        return digit;
    }

    private static String text(ByteBuffer bytes, boolean form) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(400, "the path or query is not UTF-8");
        }
        if (!form && text.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(400, "the path has a control character");
        }
        return text;
    }
}
