package io.sluice.session.cookie.internal;

import io.sluice.api.stream.Denied;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What a token is: any visible text that is short enough, or one of ours. */
final class Tokens {
    /** Identifiers that other systems put here (UUIDs, digests, signed ids) have at most 100; this is part of a key that is kept for each session. */
    static final int MAX_CHARS = 256;
    /** 128 bits: nobody meets another's by chance or by trying. */
    private static final int RANDOM_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    /** 32 hexadecimal digits: the same in a URL, a cookie, a log and a shell. From any thread. */
    String fresh() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The token itself when it is one. @throws Denied otherwise; the message does not repeat it */
    static String checked(String token) {
        if (token.length() > MAX_CHARS) {
            throw new Denied(Denied.Reason.SESSION, "a token has at most " + MAX_CHARS + " characters, this one has " + token.length());
        }
        if (token.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.UNASSIGNED || Character.getType(c) == Character.SURROGATE)) {
            throw new Denied(Denied.Reason.SESSION, "a token is made of visible characters, this one has others");
        }
        return token;
    }

    /** A cookie cannot hold all that a URL can (RFC 6265, section 4.1.1), so its value is percent-encoded; ours stay as they are. */
    static String toCookie(String token) {
        return URLEncoder.encode(token, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String fromCookie(String value) {
        try {
            return value.length() > 3 * MAX_CHARS ? value : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // somebody else's cookie of this name: as it is
            return value;
        }
    }
}
