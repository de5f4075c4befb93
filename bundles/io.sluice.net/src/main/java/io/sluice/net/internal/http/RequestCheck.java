package io.sluice.net.internal.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.regex.Pattern;

/** What of a request is refused before any route sees it (RFC 9112 sections 3.2, 6.1, 11.2). */
final class RequestCheck {
    /** Characters of an authority (RFC 3986 section 3.2); it comes back in pages and playlists, so nothing else passes. */
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._~%!$&'()*+,;=:\\[\\]-]{1,255}");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

    private RequestCheck() {
    }

    /** @throws Refusal with the status that says why */
    static void check(HttpRequest request, boolean http2) {
        if (request.decoderResult().isFailure()) {
            throw malformed(request.decoderResult().cause());
        }
        String method = request.method().name();
        if (!METHOD.matcher(method).matches()) {
            throw new Refusal(400, "the method is none");
        }
        if (method.equals("CONNECT") || method.equals("TRACE")) {
            throw new Refusal(405, method + " is not served");
        }
        if (!http2) {
            version1(request);
        }
        host(request, http2);
        String expect = request.headers().get(HttpHeaderNames.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            throw new Refusal(417, "only '100-continue' is expected of us");
        }
    }

    private static Refusal malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(414, "the request line is longer than " + HttpLimits.LINE_BYTES + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(431, "the headers are longer than " + HttpLimits.HEADER_BYTES + " bytes");
        }
        return new Refusal(400, "the request is malformed");
    }

    private static void version1(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw new Refusal(505, "HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here");
        }
        List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (encodings.isEmpty()) {
            return;
        }
        if (version.equals(HttpVersion.HTTP_1_0) || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new Refusal(400, "a request has one length: Transfer-Encoding in HTTP/1.0, or beside Content-Length, is refused");
        }
        if (encodings.size() != 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.get(0).trim())) {
            throw new Refusal(501, "the only Transfer-Encoding understood here is 'chunked'");
        }
    }

    private static void host(HttpRequest request, boolean http2) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || hosts.isEmpty() && !http2 && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            throw new Refusal(400, "a request has one Host header, this one has " + hosts.size());
        }
        if (!hosts.isEmpty() && !AUTHORITY.matcher(hosts.get(0)).matches()) {
            throw new Refusal(400, "the Host header is no host and port");
        }
    }
}
