package io.sluice.api.stream;

import io.sluice.api.net.Connection;

/**
 * @param connection  the publisher's; its loop is the only thread that uses the publisher, and its end closes the publisher
 * @param protocol    such as "rtmp"
 * @param credentials the stream and the key, in any of the forms that the gate reads
 */
public record PublishRequest(Connection connection, String protocol, Credentials credentials) {
}
