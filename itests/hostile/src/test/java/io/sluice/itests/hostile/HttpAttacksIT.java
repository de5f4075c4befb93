package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/1.1 requests that two parties could read differently, that are too long, or whose answers nobody takes. */
@Tag("once")
class HttpAttacksIT {
    @RegisterExtension
    static final Attacked ATTACKED = new Attacked();
    private static final String HOST = "Host: a\r\n";

    private final Target target = ATTACKED.get();

    /** @param status as a regular expression */
    private void refused(String status, String request) throws Exception {
        try (Attacker attacker = Attacker.connect(target.httpPort())) {
            attacker.send(request);
            target.requireShownOut(attacker, Target.SOON, "refused a request with ");
            assertTrue(attacker.received().matches("(?s)HTTP/1\\.1 (" + status + ") .*"), () -> request.lines().limit(4).toList() + " got " + attacker.said());
            assertEquals(1, attacker.received().split("HTTP/1\\.1 \\d\\d\\d ", -1).length - 1, () -> "one answer, to one request: " + attacker.said());
        }
    }

    @Test
    void requestSmugglingShapes() throws Exception {
        String smuggled = "GET /demo.html HTTP/1.1\r\n" + HOST + "\r\n";
        Map<String, String> shapes = new TreeMap<>();
        shapes.put("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "400");
        shapes.put("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "400");
        shapes.put("Content-Length: 5\r\nContent-Length: 6\r\n", "400");
        shapes.put("Content-Length: 5, 6\r\n", "400");
        shapes.put("Content-Length: +5\r\n", "400");
        shapes.put("Content-Length: -5\r\n", "400");
        shapes.put("Content-Length: 99999999999999999999\r\n", "400");
        shapes.put("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "400|501");
        shapes.put("Transfer-Encoding: xchunked\r\n", "400|501");
        shapes.put("Transfer-Encoding: chunked, gzip\r\n", "400|501");
        shapes.put("Transfer-Encoding : chunked\r\n", "400");
        shapes.put("X: a\r\n Transfer-Encoding: chunked\r\n", "400");
        shapes.put("X: a\u0000b\r\n", "400");
        shapes.put("X\u0000: a\r\n", "400");
        shapes.put("Host: b\r\n", "400");
        for (Map.Entry<String, String> shape : shapes.entrySet()) {
            refused(shape.getValue(), "POST /demo.html HTTP/1.1\r\n" + HOST + shape.getKey() + "\r\n0\r\n\r\n" + smuggled);
        }
        refused("400", "POST /demo.html HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled);
    }

    @Test
    void chunkSizesThatAreNone() throws Exception {
        for (String size : List.of("-1", "FFFFFFFFFFFFFFFF1", "80000000", "0x10", "zz", "5;" + "e".repeat(70_000))) {
            try (Attacker attacker = Attacker.connect(target.httpPort())) {
                attacker.send("POST /nothing HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n");
                attacker.send("x".repeat(1 << 20));
                attacker.send("x".repeat(1 << 20));
                attacker.awaitClosed(Target.SOON);
                Await.until(() -> "a line about " + size.substring(0, 2) + ": " + target.lines(attacker), Target.SOON, () -> target.lines(attacker).size() == 1);
            }
        }
    }

    @Test
    void linesHeadersMethodsAndVersionsThatAreTooMuch() throws Exception {
        refused("414", "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        refused("431", "GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(17_000) + "\r\n\r\n");
        refused("431", "GET / HTTP/1.1\r\n" + HOST + "X: a\r\n".repeat(5_000) + "\r\n");
        refused("405", "CONNECT a:443 HTTP/1.1\r\n" + HOST + "\r\n");
        refused("405", "TRACE / HTTP/1.1\r\n" + HOST + "\r\n");
        refused("505", "GET / HTTP/3.0\r\n" + HOST + "\r\n");
        refused("417", "GET / HTTP/1.1\r\n" + HOST + "Expect: a miracle\r\n\r\n");
        refused("400", "GET / HTTP/1.1\r\n\r\n");
        refused("400", "GET / HTTP/1.1\r\nHost: a\"><script>\r\n\r\n");
    }

    @Test
    void row13NothingThatPeersSendIsDecompressed() throws Exception {
        for (String encoding : List.of("gzip", "br", "zstd", "snappy")) {
            refused("400|501", "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: " + encoding + "\r\n\r\n");
        }
    }

    @Test
    void row20AnswersToPipelinedRequestsThatNobodyTakesAreBounded() throws Exception {
        ServerMemory before = target.memory();
        String requests = ("GET /demo.html HTTP/1.1\r\n" + HOST + "\r\n").repeat(2_000);
        try (Attacker one = Attacker.deaf(target.httpPort()); Attacker two = Attacker.deaf(target.httpPort())) {
            Thread[] senders = {sending(one, requests), sending(two, requests)};
            long deadline = System.nanoTime() + 4_000_000_000L;
            Await.until("4 s of requests", Target.PATIENCE, () -> System.nanoTime() > deadline);
            ServerMemory.requireGrowthBelow(16, 64, before, target.memory());
            one.reset();
            two.reset();
            for (Thread t : senders) {
                t.join(5_000);
            }
        }
    }

    private static Thread sending(Attacker attacker, String requests) {
        Thread thread = new Thread(() -> {
            for (int i = 0; i < 1000 && attacker.send(requests); i++) {
                Thread.onSpinWait();
            }
        }, "pipeline");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void row20WebSocketsAreForRoutesThatOfferThem() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Attacker attacker = Attacker.connect(target.httpPort())) {
                attacker.send("GET /demo.html HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
                attacker.awaitReceived("\r\n\r\n");
                assertTrue(!attacker.received().contains("101 Switching"), attacker::said);
            }
        }
    }
}
