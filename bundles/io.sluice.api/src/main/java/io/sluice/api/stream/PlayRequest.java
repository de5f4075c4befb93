package io.sluice.api.stream;

import io.sluice.api.net.Connection;

/**
 * @param connection  the viewer's; its loop is the only thread that uses the reader, and its end closes the reader
 * @param protocol    such as "rtmp" or "hls"
 * @param credentials what it asks for and who it says it is
 */
public record PlayRequest(Connection connection, String protocol, Credentials credentials) {
}
