package io.sluice.streams.internal.visit;

import io.sluice.api.session.ConnectionKind;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** A request's words as they came. Who asks with the same words again is known without a look at what they mean: each segment of a playlist. */
record Asked(ConnectionKind kind, String protocol, String name, String query, InetAddress address, String userAgent, List<String> headers) {
    static Asked of(Caller caller, Set<String> wanted) {
        return new Asked(caller.kind(), caller.protocol(), caller.name(), caller.rawQuery(), caller.address(), caller.userAgent(), caller.headers(wanted));
    }
}
