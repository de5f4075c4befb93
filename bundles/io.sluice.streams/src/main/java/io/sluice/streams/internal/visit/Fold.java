package io.sluice.streams.internal.visit;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * What closed visits are added up by: all that identifies somebody and the session that he was let into, or, once there are too many, kind, stream and protocol alone.
 * Without the session, what two viewers moved who look alike (two of RTMP behind one address) would become one's.
 */
record Fold(ConnectionKind kind, String stream, String protocol, InetAddress address, String userAgent, Map<String, String> parameters, Map<String, String> headers,
    String session) {
    private static final InetAddress NOBODY = new InetSocketAddress(0).getAddress();

    static Fold of(CountedVisit visit) {
        ConnectionFacts f = visit.facts();
        return new Fold(f.kind(), f.stream(), f.protocol(), f.address(), f.userAgent(), f.parameters(), f.headers(), visit.session());
    }

    Fold coarse() {
        return new Fold(kind, stream, protocol, NOBODY, "", Map.of(), Map.of(), "");
    }

    /** Facts of what is added up here: of the URL the scheme, which tells whether it was HTTP, and the first one's connection. */
    ConnectionFacts facts(CountedVisit first) {
        String url = first.facts().url();
        boolean coarse = address == NOBODY;
        return new ConnectionFacts(kind, stream, address, protocol, coarse ? 0 : first.facts().connection(), url.substring(0, url.indexOf(':') + 1), userAgent, parameters, headers);
    }
}
