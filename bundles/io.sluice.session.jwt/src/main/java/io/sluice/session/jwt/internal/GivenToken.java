package io.sluice.session.jwt.internal;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.stream.Denied;
import java.util.List;

/**
 * The token that a connection carries, not looked at yet. It is a secret: nothing here prints it.
 *
 * @param text      as it came
 * @param parameter the query parameter that it came by, or "" for the header
 */
record GivenToken(String text, String parameter) {
    /** A token with the claims of a large directory has 4 KiB. Its parts are decoded and parsed, so this bounds the memory and time that a stranger costs: about 30 times as much, 50 µs. */
    static final int MAX_CHARS = 16 << 10;
    /** In this order, after the header. RTMP carries them in the address or in the stream's name. */
    private static final List<String> PARAMETERS = List.of("jwt", "token", "tkn");
    /** RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1). */
    private static final String BEARER = "Bearer ";

    /** @return null when there is none */
    static GivenToken in(ConnectionFacts facts) {
        String header = facts.headers().getOrDefault("authorization", "");
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return checked(header.substring(BEARER.length()).strip(), "");
        }
        for (String parameter : PARAMETERS) {
            String value = facts.parameters().getOrDefault(parameter, "");
            if (!value.isEmpty()) {
                return checked(value, parameter);
            }
        }
        return null;
    }

    private static GivenToken checked(String text, String parameter) {
        if (text.length() > MAX_CHARS) {
            throw new Denied(Denied.Reason.TOKEN, "the token has " + text.length() + " characters, at most " + MAX_CHARS + " are taken");
        }
        return new GivenToken(text, parameter);
    }

    @Override
    public String toString() {
        return "token of " + text.length() + " characters";
    }
}
