package io.sluice.streams.internal.visit;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** What closed visits are added up by: all that identifies somebody, or, once there are too many, kind, stream and protocol alone. */
record Fold(ConnectionKind kind, String stream, String protocol, InetAddress address, String userAgent, Map<String, String> parameters, Map<String, String> headers) {
    private static final InetAddress NOBODY = new InetSocketAddress(0).getAddress();

    static Fold of(ConnectionFacts f) {
        return new Fold(f.kind(), f.stream(), f.protocol(), f.address(), f.userAgent(), f.parameters(), f.headers());
    }

    Fold coarse() {
        return new Fold(kind, stream, protocol, NOBODY, "", Map.of(), Map.of());
    }

    /** Facts of what is added up here; without a connection and without a URL. */
    ConnectionFacts facts() {
        return new ConnectionFacts(kind, stream, address, protocol, 0, "", userAgent, parameters, headers);
    }
}
