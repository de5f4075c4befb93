package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.Unpooled;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.stream.Denied;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is wrong with a request, as problem details (RFC 9457). */
record Problem(int status, String title, String detail) {
    static Problem of(Denied denied) {
        int status = switch (denied.reason()) {
            case NAME, UNKNOWN, OFFLINE -> 404;
            case TOKEN -> 401;
            case KEY, ADDRESS, SESSION -> 403;
            case SIZE -> 431;
            case BUSY -> 409;
            case LIMIT, STOPPING -> 503;
        };
        return new Problem(status, "denied", denied.getMessage());
    }

    void answer(HttpExchange exchange) {
        if (status == 401) {
            exchange.addHeader("www-authenticate", "Bearer");
        }
        if (status == 503) {
            exchange.addHeader("retry-after", "2");
        }
        String json = "{\"status\":" + status + ",\"title\":" + quoted(title) + ",\"detail\":" + quoted(detail) + "}";
        exchange.answer(status, Map.of("content-type", "application/problem+json", "cache-control", "no-store"), Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().limit(500).forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else {
                out.appendCodePoint(c < ' ' ? ' ' : c);
            }
        });
        return out.append('"').toString();
    }

    /** Thrown on the way of a request; a fault of the peer's, so without a stack. */
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Found(int status, String title, String detail) {
            super(detail, null, false, false);
            problem = new Problem(status, title, detail);
        }

        Problem problem() {
            return problem;
        }
    }
}
