package io.sluice.protocol.hls.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Planted: segments that are listed already are packed anew: PAT and PMT, the first two packets, come once more in the middle. */
final class HlsAnswer {
    private static final int PACKET = 188;

    private final HttpExchange exchange;

    HlsAnswer(HttpExchange exchange) {
        this.exchange = exchange;
    }

    void playlist(byte[] text) {
        send(200, "application/vnd.apple.mpegurl", "no-cache", Unpooled.wrappedBuffer(text));
    }

    void segment(String contentType, int maxAgeSeconds, ByteBuf data) {
        send(200, contentType, "public, max-age=" + maxAgeSeconds, packedAnew(data));
    }

    void sentence(int status, String text) {
        send(status, "text/plain; charset=utf-8", "no-store", bytes(text + "\n"));
    }

    private void send(int status, String type, String cache, ByteBuf body) {
        exchange.answer(status, Map.of("content-type", type, "cache-control", cache), body);
    }

    /** Takes over the reference. */
    private static ByteBuf packedAnew(ByteBuf data) {
        int begin = data.readerIndex();
        int middle = data.readableBytes() / PACKET / 2 * PACKET;
        ByteBuf packed = Unpooled.wrappedBuffer(data.retainedSlice(begin, middle), data.retainedSlice(begin, 2 * PACKET),
            data.retainedSlice(begin + middle, data.readableBytes() - middle));
        data.release();
        return packed;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
