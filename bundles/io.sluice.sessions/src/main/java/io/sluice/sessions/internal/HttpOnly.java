package io.sluice.sessions.internal;

import io.sluice.api.session.ConnectionKind;
import java.util.Locale;

/** What connections that fetch pages and descriptions only count as. */
public enum HttpOnly {
    VIEWER(ConnectionKind.VIEWER), OUTPUT(ConnectionKind.OUTPUT), NONE(null), UNCLASSIFIED(ConnectionKind.UNCLASSIFIED);

    private final ConnectionKind kind;

    HttpOnly(ConnectionKind kind) {
        this.kind = kind;
    }

    /** Null: such a connection has no session. */
    ConnectionKind kind() {
        return kind;
    }

    /** @throws IllegalArgumentException in words for who wrote the configuration */
    static HttpOnly of(String written) {
        try {
            return valueOf(written.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("httpOnly is one of viewer, output, none, unclassified, not '" + written + "'", e);
        }
    }
}
