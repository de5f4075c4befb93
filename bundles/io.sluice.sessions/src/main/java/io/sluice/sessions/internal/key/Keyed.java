package io.sluice.sessions.internal.key;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionKind;
import java.util.List;
import java.util.Map;

/**
 * Which session a connection belongs to.
 *
 * @param id         of the session
 * @param kind       what the connection counts as
 * @param strategy   that said so
 * @param token      the session is known by, or ""
 * @param parameters that the session's addresses carry
 * @param cookies    whole values of Set-Cookie
 */
public record Keyed(String id, ConnectionKind kind, String strategy, String token, Map<String, String> parameters, List<String> cookies) {
    public Admitted admitted() {
        return new Admitted(id, parameters, cookies);
    }
}
