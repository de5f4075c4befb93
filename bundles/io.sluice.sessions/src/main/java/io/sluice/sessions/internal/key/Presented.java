package io.sluice.sessions.internal.key;

import io.sluice.api.session.ConnectionFacts;
import java.util.HashMap;
import java.util.Map;

/** A connection as it would come the next time: with the token that it was given. So another version of a strategy knows its own visitors. */
public final class Presented {
    private Presented() {
    }

    /** @param keyed what it was given, or null */
    public static ConnectionFacts of(ConnectionFacts facts, Keyed keyed) {
        if (keyed == null || keyed.parameters().isEmpty() && keyed.cookies().isEmpty()) {
            return facts;
        }
        Map<String, String> parameters = new HashMap<>(keyed.parameters());
        parameters.putAll(facts.parameters());
        Map<String, String> headers = new HashMap<>(facts.headers());
        for (String cookie : keyed.cookies()) {
            String pair = cookie.split(";", 2)[0];
            headers.merge("cookie", pair, (old, more) -> old + "; " + more);
        }
        return new ConnectionFacts(facts.kind(), facts.stream(), facts.address(), facts.protocol(), facts.connection(), facts.url(), facts.userAgent(), parameters, headers);
    }
}
