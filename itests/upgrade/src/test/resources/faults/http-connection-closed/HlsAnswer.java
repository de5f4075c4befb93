package io.sluice.protocol.hls.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Planted: the first playlist that a version answers is the last answer on its connection; players open another in silence. */
final class HlsAnswer {
    private static final AtomicBoolean CLOSED = new AtomicBoolean();

    private final HttpExchange exchange;

    HlsAnswer(HttpExchange exchange) {
        this.exchange = exchange;
    }

    void playlist(byte[] text) {
        send(200, "application/vnd.apple.mpegurl", "no-cache", Unpooled.wrappedBuffer(text));
        if (CLOSED.compareAndSet(false, true)) {
            exchange.connection().close("planted");
        }
    }

    void segment(String contentType, int maxAgeSeconds, ByteBuf data) {
        send(200, contentType, "public, max-age=" + maxAgeSeconds, data);
    }

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
