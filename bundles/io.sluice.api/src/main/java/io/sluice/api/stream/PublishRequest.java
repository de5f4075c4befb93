package io.sluice.api.stream;

import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpExchange;
import java.util.Objects;

/**
 * A peer's wish to publish.
 *
 * @param connection  the publisher's; its loop is the only thread that uses the publisher, and its end closes the publisher
 * @param exchange    the request; null where the protocol is not spoken over HTTP
 * @param protocol    such as "rtmp"
 * @param credentials the stream and the key, in any of the forms that the gate reads
 * @param url         as the peer asked, query included; taken from the exchange where there is one
 * @param userAgent   what the peer calls itself, or ""; taken from the exchange where there is one
 */
public record PublishRequest(Connection connection, HttpExchange exchange, String protocol, Credentials credentials, String url, String userAgent) {
    public PublishRequest {
        Objects.requireNonNull(connection);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(credentials);
        Objects.requireNonNull(url);
        Objects.requireNonNull(userAgent);
    }

    public static PublishRequest of(HttpExchange exchange, String protocol, Credentials credentials) {
        return new PublishRequest(exchange.connection(), exchange, protocol, credentials, "", "");
    }

    public static PublishRequest of(Connection connection, String protocol, Credentials credentials, String url, String userAgent) {
        return new PublishRequest(connection, null, protocol, credentials, url, userAgent);
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return protocol + " " + credentials;
    }
}
