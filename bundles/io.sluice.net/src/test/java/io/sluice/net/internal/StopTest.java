package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.net.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StopTest {
    @Test
    void aStopEndsConnectionsAndLetsExchangesFinish() throws Exception {
        Rig rig = new Rig();
        CompletableFuture<HttpExchange> late = new CompletableFuture<>();
        LineProtocol echo = new LineProtocol("1");
        rig.elect(echo, "echo", "echo 1");
        rig.route("late", late::complete, "/late");
        int port = rig.port(false, "http", "echo");
        try (Client http = Rig.connect(port); Client line = Rig.connect(port)) {
            assertEquals("1 1 E", line.send("E\n").line());
            http.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
            HttpExchange exchange = late.get();
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(rig::close);
            assertTrue(line.ended());
            exchange.connection().loop().execute(() -> exchange.answer(200, Map.of(), Unpooled.copiedBuffer("done", StandardCharsets.UTF_8)));
            assertEquals("done", http.response(false).body());
            assertTrue(http.ended());
            stopping.join();
        }
        assertEquals(1, echo.closed.get());
        assertEquals(0, rig.net.list().size());
    }
}
