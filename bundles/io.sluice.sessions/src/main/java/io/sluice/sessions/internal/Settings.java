package io.sluice.sessions.internal;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import java.util.List;
import java.util.Map;

/** The configuration, see {@link SessionsComponent.Config} for each value. Immutable. */
public record Settings(String strategy, Map<ConnectionKind, List<String>> fields, HttpOnly httpOnly, long inactivityMillis, long historyMillis, long deniedMillis,
    long strategyMillis, String accessLog, long accessLogBytes, int accessLogFiles) {
    /** The protocol of pages and descriptions. */
    private static final String PAGES = "http";

    public Settings {
        fields = Map.copyOf(fields);
    }

    /** What a connection counts as; null where it has no session. */
    public ConnectionKind kindOf(ConnectionFacts facts) {
        return facts.kind() == ConnectionKind.UNCLASSIFIED && facts.protocol().equals(PAGES) ? httpOnly.kind() : facts.kind();
    }

    /** Everything that a session's key depends on. */
    public String definition() {
        return strategy + " " + fields.get(ConnectionKind.VIEWER) + fields.get(ConnectionKind.INPUT) + fields.get(ConnectionKind.OUTPUT)
            + fields.get(ConnectionKind.UNCLASSIFIED) + " " + httpOnly;
    }
}
