package io.sluice.api.session;

import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a connection when it asks; collected by the core, so no protocol can forget or forge any of it but its own words. Immutable plain data; every text is
 * bounded by the core before it gets here.
 *
 * @param kind       what it is to the stream
 * @param stream     the stream's name after rules, rewrites, wildcards and fallback, or "" where none is concerned
 * @param address    the peer's: behind a trusted proxy, what the proxy says
 * @param protocol   such as "rtmp", "hls"; "http" for what is a page or a description; the URI's scheme for sources and pushes
 * @param connection number of the connection, or 0 for what has none
 * @param url        as the peer asked for it, query included; may carry secrets, so it is never logged whole
 * @param userAgent  what it calls itself, or ""
 * @param parameters of the URL's query, decoded; the first of equal names
 * @param headers    HTTP's, names in lower case: {@code cookie}, {@code authorization}, and those that the elected strategies want
 */
public record ConnectionFacts(ConnectionKind kind, String stream, InetAddress address, String protocol, long connection, String url, String userAgent,
    Map<String, String> parameters, Map<String, String> headers) {
    public ConnectionFacts {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(address);
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
    }

    /** Nothing that identifies anybody differs: the path of the URL may, the rest may not. What one connection asks with equal facts is one {@link Visit}. */
    public boolean sameVisitor(ConnectionFacts other) {
        return kind == other.kind && connection == other.connection && stream.equals(other.stream) && protocol.equals(other.protocol) && address.equals(other.address)
            && userAgent.equals(other.userAgent) && parameters.equals(other.parameters) && headers.equals(other.headers);
    }

    /** Never prints a token. */
    @Override
    public String toString() {
        return kind + " " + protocol + " " + address.getHostAddress() + " " + stream;
    }
}
