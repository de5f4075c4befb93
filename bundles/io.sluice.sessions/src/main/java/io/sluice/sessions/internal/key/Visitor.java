package io.sluice.sessions.internal.key;

import io.sluice.api.session.ConnectionFacts;

/** A connection's facts but for its number and URL: what an HTTP client's next connection has in common with this one. */
final class Visitor {
    private final ConnectionFacts facts;
    private final int hash;

    Visitor(ConnectionFacts facts) {
        this.facts = facts;
        int h = facts.stream().hashCode();
        h = 31 * h + facts.protocol().hashCode();
        h = 31 * h + facts.address().hashCode();
        h = 31 * h + facts.userAgent().hashCode();
        h = 31 * h + facts.parameters().hashCode();
        h = 31 * h + facts.headers().hashCode();
        hash = 31 * h + facts.kind().ordinal();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Visitor v && hash == v.hash && facts.kind() == v.facts.kind() && facts.stream().equals(v.facts.stream())
            && facts.protocol().equals(v.facts.protocol()) && facts.address().equals(v.facts.address()) && facts.userAgent().equals(v.facts.userAgent())
            && facts.parameters().equals(v.facts.parameters()) && facts.headers().equals(v.facts.headers());
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
