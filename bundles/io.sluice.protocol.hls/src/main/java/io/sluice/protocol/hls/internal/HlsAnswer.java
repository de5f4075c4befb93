package io.sluice.protocol.hls.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answers that HLS gives, each at most once for an exchange. */
final class HlsAnswer {
    private final HttpExchange exchange;

    HlsAnswer(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** The text is UTF-8 and may be shared. */
    void playlist(byte[] text) {
        send(200, "application/vnd.apple.mpegurl", "no-cache", Unpooled.wrappedBuffer(text));
    }

    /** Takes over the reference to the data. */
    void segment(String contentType, int maxAgeSeconds, ByteBuf data) {
        send(200, contentType, "public, max-age=" + maxAgeSeconds, data);
    }

    /** A refusal in plain words. */
    void sentence(int status, String text) {
        send(status, "text/plain; charset=utf-8", "no-store", bytes(text + "\n"));
    }

    private void send(int status, String type, String cache, ByteBuf body) {
        exchange.answer(status, Map.of("content-type", type, "cache-control", cache), body);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
