package io.sluice.session.jwt.internal;

import com.nimbusds.jwt.JWTClaimsSet;
import io.sluice.api.stream.Denied;
import java.util.List;
import java.util.Map;

/** The claims of a token whose signature is good. Immutable. */
record Claims(Map<String, Object> all) {
    /** What identifies becomes part of a session's key; ids and mail addresses are shorter. */
    static final int MAX_TEXT = 256;

    static Claims of(JWTClaimsSet set) {
        return new Claims(set.getClaims());
    }

    static Claims none() {
        return new Claims(Map.of());
    }

    /** A claim as text: "" where there is none. Lists are joined by commas. */
    String text(String name) {
        Object value = all.get(name);
        String text = value == null ? "" : value instanceof List<?> list ? String.join(",", list.stream().map(String::valueOf).toList()) : String.valueOf(value);
        if (text.length() > MAX_TEXT) {
            throw new Denied(Denied.Reason.TOKEN, "the token's claim '" + name + "' has " + text.length() + " characters, at most " + MAX_TEXT + " identify");
        }
        return text;
    }

    /** Whether a claim, a text or a list of texts, names this stream; {@code *} in it stands for any characters. */
    boolean allows(String claim, String stream) {
        Object value = all.get(claim);
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(item -> item instanceof String pattern && matches(pattern, stream));
        }
        return value instanceof String pattern && matches(pattern, stream);
    }

    /** Greedy from the left, so its time is at most the product of the lengths. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        return pattern.chars().skip(p).allMatch(c -> c == '*');
    }
}
