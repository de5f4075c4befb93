package io.sluice.net.internal.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;

/** What every answer says (RFC 9110 section 6.6.1, the Fetch standard's CORS), and what its route adds or sets otherwise. */
final class Headers {
    private Headers() {
    }

    /**
     * @param date       now, as {@link HttpDate} says it
     * @param length     of the body, or -1 when it is not known
     * @param bodyless   the status has no body
     * @param connection "close", "keep-alive" or null
     */
    static HttpHeaders of(Map<String, String> given, String date, long length, boolean bodyless, String connection) {
        HttpHeaders out = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        out.set(HttpHeaderNames.DATE, date);
        out.set(HttpHeaderNames.SERVER, "Sluice");
        out.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        out.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "*");
        given.forEach(out::set);
        if (length >= 0 && !bodyless) {
            out.set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        if (connection != null) {
            out.set(HttpHeaderNames.CONNECTION, connection);
        }
        return out;
    }
}
