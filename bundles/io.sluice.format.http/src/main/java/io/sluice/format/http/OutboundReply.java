package io.sluice.format.http;

import java.util.Map;

/**
 * What came.
 *
 * @param status  such as 200
 * @param headers with names in lower case; of those that came several times the last
 * @param body    as it was sent, at most the request's maxBytes
 * @param cut     whether there was more
 */
public record OutboundReply(int status, Map<String, String> headers, byte[] body, boolean cut) {
}
