package io.sluice.format.http;

import java.net.URI;
import java.util.Map;

/**
 * What to ask for.
 *
 * @param method        such as "GET"
 * @param uri           http or https; a fragment is not sent
 * @param headers       each once; those that shape the connection or the body's form are refused
 * @param body          sent with it; empty for none, except with POST, PUT and PATCH, which then have an empty one
 * @param timeoutMillis over everything: finding the address, a free connection, redirects, the last byte of the answer
 * @param maxBytes      of the answer's body that are kept; the connection is closed when there is more
 * @param maxRedirects  followed; one more is a failure, 0 returns a redirect as it is
 */
public record OutboundRequest(String method, URI uri, Map<String, String> headers, byte[] body, long timeoutMillis, int maxBytes, int maxRedirects) {
    /** @throws IllegalArgumentException naming the header that cannot be sent */
    public OutboundRequest {
        headers = Map.copyOf(headers);
        headers.forEach(HeaderRules::check);
    }
}
