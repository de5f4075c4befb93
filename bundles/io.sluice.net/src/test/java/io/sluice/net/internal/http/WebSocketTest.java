package io.sluice.net.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.WebSocket;
import io.sluice.api.net.WebSocketHandler;
import io.sluice.net.internal.Client;
import io.sluice.net.internal.Rig;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {
    private final Rig rig = new Rig();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final int port = rig.port(false, "http");

    @AfterEach
    void stop() {
        rig.close();
    }

    /** Greets, then says back what it hears; "bye" closes. */
    private final class Echo implements WebSocketHandler {
        private final WebSocket socket;

        Echo(HttpExchange exchange) {
            socket = exchange.webSocket(this);
            socket.text("hello");
        }

        @Override
        public void text(String message) {
            if (message.equals("bye")) {
                socket.close(4000, "as you wish");
            } else {
                socket.text(message.length() > 100 ? "long " + message.length() : message);
            }
        }

        @Override
        public void binary(ByteBuf message) {
            socket.binary(message.copy());
        }

        @Override
        public void closed() {
            seen.add("server closed");
        }
    }

    private java.net.http.WebSocket open() {
        return HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), new Listener()).join();
    }

    private final class Listener implements java.net.http.WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(java.net.http.WebSocket socket, CharSequence data, boolean last) {
            seen.add("text " + data);
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(java.net.http.WebSocket socket, ByteBuffer data, boolean last) {
            seen.add("binary " + data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(java.net.http.WebSocket socket, ByteBuffer data) {
            seen.add("pong " + data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(java.net.http.WebSocket socket, int code, String reason) {
            seen.add("close " + code + " " + reason);
            return null;
        }
    }

    private String next() throws InterruptedException {
        return seen.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void messagesGoBothWaysUntilTheServerCloses() throws Exception {
        var route = rig.route("ws", Echo::new, "/ws");
        java.net.http.WebSocket socket = open();
        assertEquals("text hello", next());
        socket.sendText("grüß", true).join();
        assertEquals("text grüß", next());
        socket.sendText("a".repeat(600_000), false).join();
        socket.sendText("b".repeat(400_000), true).join();
        assertEquals("text long 1000000", next());
        socket.sendBinary(ByteBuffer.allocate(7), true).join();
        assertEquals("binary 7", next());
        socket.sendPing(ByteBuffer.allocate(3)).join();
        assertEquals("pong 3", next());
        assertEquals(1, route.uses().get());
        socket.sendText("bye", true).join();
        assertEquals(Set.of("close 4000 as you wish", "server closed"), Set.of(next(), next()), "each side hears of it on a thread of its own");
        Rig.until("the route is free", () -> route.uses().get() == 0 && rig.runningExchanges() == 0);
    }

    @Test
    void aPeerThatClosesEndsIt() throws Exception {
        rig.route("ws", Echo::new, "/ws");
        java.net.http.WebSocket socket = open();
        assertEquals("text hello", next());
        socket.sendClose(1000, "done").join();
        assertEquals(Set.of("close 1000 done", "server closed"), Set.of(next(), next()), "each side hears of it on a thread of its own");
    }

    @Test
    void aMessageAboveTheLimitEndsIt() throws Exception {
        rig.route("ws", Echo::new, "/ws");
        java.net.http.WebSocket socket = open();
        assertEquals("text hello", next());
        socket.sendText("a".repeat(1_100_000), true);
        Rig.until("it is closed", () -> seen.contains("server closed"));
    }

    @Test
    void whatIsNoHandshakeIsRefusedWith400() throws Exception {
        rig.route("ws", Echo::new, "/ws");
        try (Client c = Rig.connect(port)) {
            assertEquals(400, c.send("GET /ws HTTP/1.1\r\nHost: x\r\n\r\n").response(false).status());
        }
    }
}
