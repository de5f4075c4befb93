package io.sluice.api.stream;

import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpExchange;
import java.util.Objects;

/**
 * A peer's wish to watch.
 *
 * @param connection  the viewer's; its loop is the only thread that uses the reader, and its end closes the reader
 * @param exchange    the request, whose end closes the reader; null where the protocol is not spoken over HTTP
 * @param protocol    such as "rtmp" or "hls"
 * @param credentials what it asks for and who it says it is
 * @param url         as the peer asked, query included; taken from the exchange where there is one
 * @param userAgent   what the peer calls itself, or ""; taken from the exchange where there is one
 * @param cached      its answer may be kept by caches that many use, so it gets no cookie
 */
public record PlayRequest(Connection connection, HttpExchange exchange, String protocol, Credentials credentials, String url, String userAgent, boolean cached) {
    public PlayRequest {
        Objects.requireNonNull(connection);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(credentials);
        Objects.requireNonNull(url);
        Objects.requireNonNull(userAgent);
    }

    public static PlayRequest of(HttpExchange exchange, String protocol, Credentials credentials) {
        return new PlayRequest(exchange.connection(), exchange, protocol, credentials, "", "", false);
    }

    public static PlayRequest of(Connection connection, String protocol, Credentials credentials, String url, String userAgent) {
        return new PlayRequest(connection, null, protocol, credentials, url, userAgent, false);
    }

    public PlayRequest forCaches() {
        return new PlayRequest(connection, exchange, protocol, credentials, url, userAgent, true);
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return protocol + " " + credentials;
    }
}
