package io.sluice.admin.player.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.stream.Denied;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms of answer that this bundle gives. On the exchange's loop; nothing blocks. */
final class Reply {
    /**
     * Nothing but our own files: no inline script, no other host. Blobs are how a browser's Media Source and hls.js's worker are reached. Any page may
     * frame the player, that is what embedding is.
     */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; connect-src 'self';"
        + " worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors *";

    private final ObjectMapper json = new ObjectMapper();

    void asset(HttpExchange exchange, Asset asset) {
        Map<String, String> headers = headers(asset.contentType(), "no-cache");
        headers.put("etag", asset.etag());
        headers.put("content-security-policy", POLICY);
        boolean known = asset.etag().equals(exchange.header("if-none-match"));
        exchange.answer(known ? 304 : 200, headers, known ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(asset.bytes()));
    }

    void json(HttpExchange exchange, JsonNode node) {
        try {
            exchange.answer(200, headers("application/json; charset=utf-8", "no-store"), Unpooled.wrappedBuffer(json.writeValueAsBytes(node)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void text(HttpExchange exchange, int status, String sentence) {
        exchange.answer(status, headers("text/plain; charset=utf-8", "no-store"), Unpooled.copiedBuffer(sentence + "\n", StandardCharsets.UTF_8));
    }

    /** The gate says no. */
    void refused(HttpExchange exchange, Throwable why) {
        if (!(why instanceof Denied denied)) {
            throw new IllegalStateException("whether this may be read could not be found out", why);
        }
        if (denied.reason() == Denied.Reason.TOKEN) {
            exchange.addHeader("www-authenticate", "Bearer");
        }
        int status = switch (denied.reason()) {
            case TOKEN -> 401;
            case SIZE -> 431;
            case LIMIT, STOPPING -> 503;
            default -> 403;
        };
        text(exchange, status, denied.getMessage());
    }

    void notAllowed(HttpExchange exchange) {
        Map<String, String> headers = headers("text/plain; charset=utf-8", "no-store");
        headers.put("allow", "GET, HEAD");
        exchange.answer(405, headers, Unpooled.copiedBuffer("This address can only be read.\n", StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(String contentType, String cacheControl) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", contentType);
        headers.put("cache-control", cacheControl);
        headers.put("x-content-type-options", "nosniff");
        headers.put("referrer-policy", "no-referrer");
        return headers;
    }
}
