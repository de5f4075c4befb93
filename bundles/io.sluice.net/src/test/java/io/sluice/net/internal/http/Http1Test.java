package io.sluice.net.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.HttpBody;
import io.sluice.api.net.HttpExchange;
import io.sluice.net.internal.Client;
import io.sluice.net.internal.Client.Response;
import io.sluice.net.internal.Rig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http1Test {
    private static final String HOST = "Host: media.example:8080\r\n\r\n";
    private final Rig rig = new Rig();
    private final AtomicInteger ended = new AtomicInteger();
    private final CompletableFuture<HttpExchange> late = new CompletableFuture<>();
    private Client client;

    @BeforeEach
    void start() throws Exception {
        rig.route("echo", e -> {
            e.onEnd(ended::incrementAndGet);
            answer(e, e.method() + " " + e.origin() + e.path() + " k=" + e.query("k"));
        }, "/echo/**", "/*.html");
        rig.route("body", e -> e.body(10, in -> answer(e, in.toString(StandardCharsets.UTF_8))), "/body");
        rig.route("late", late::complete, "/late");
        rig.route("fails", e -> {
            throw new IllegalStateException("planted");
        }, "/fails");
        rig.route("stream", Http1Test::stream, "/stream");
        client = Rig.connect(rig.port(false, "http"));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        rig.close();
    }

    private static ByteBuf text(String s) {
        return Unpooled.copiedBuffer(s, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange e, String body) {
        e.answer(200, Map.of("content-type", "text/plain"), text(body));
    }

    private static void stream(HttpExchange e) {
        HttpBody body = e.stream(200, Map.of("content-type", "video/mp2t"));
        body.write(text("one,"));
        e.connection().schedule(1_000_000, () -> {
            body.write(text("two"));
            body.end();
        });
    }

    private Response get(String path) throws Exception {
        return client.send("GET " + path + " HTTP/1.1\r\n" + HOST).response(false);
    }

    @Test
    void oneConnectionCarriesManyRequestsAndPipelinedOnesAreAnsweredInOrder() throws Exception {
        assertEquals("GET http://media.example:8080/echo/a+b/c k=v", get("/echo/a+b/./c?k=v").body());
        client.send("GET /late HTTP/1.1\r\n" + HOST + "GET /echo/2 HTTP/1.1\r\n" + HOST + "POST /body HTTP/1.1\r\nContent-Length: 3\r\n" + HOST + "abc"
            + "GET /page.html HTTP/1.1\r\n" + HOST);
        HttpExchange waiting = late.get();
        waiting.connection().loop().execute(() -> answer(waiting, "first"));
        assertEquals("first", client.response(false).body());
        assertEquals("GET http://media.example:8080/echo/2 k=null", client.response(false).body());
        assertEquals("abc", client.response(false).body());
        assertEquals("GET http://media.example:8080/page.html k=null", client.response(false).body());
        assertEquals(1, rig.net.list().size());
        assertEquals(3, ended.get());
    }

    @Test
    void headHasTheLengthButNoBody() throws Exception {
        Response head = client.send("HEAD /echo/x HTTP/1.1\r\n" + HOST).response(true);
        assertEquals("" + get("/echo/x").body().length(), head.headers().get("content-length"));
        assertEquals(200, client.send("HEAD /stream HTTP/1.1\r\n" + HOST).response(true).status());
        assertEquals(200, get("/echo/x").status());
    }

    @Test
    void everyAnswerCarriesCorsHeadersDateAndServer() throws Exception {
        for (Response r : new Response[] {get("/echo/x"), get("/nothing/here"), get("/fails"), get("/stream")}) {
            assertEquals("*", r.headers().get("access-control-allow-origin"), r.toString());
            assertEquals("Sluice", r.headers().get("server"));
            assertNotNull(r.headers().get("date"));
        }
        Response options = client.send("OPTIONS /echo/x HTTP/1.1\r\nOrigin: http://a\r\nAccess-Control-Request-Headers: range\r\n" + HOST).response(false);
        assertEquals(204, options.status());
        assertEquals("range", options.headers().get("access-control-allow-headers"));
        assertTrue(options.headers().get("access-control-allow-methods").contains("GET"));
        assertEquals(415, get("/nothing/here").status());
        assertEquals(500, get("/fails").status());
    }

    @Test
    void whatNobodyServesIsAStreamInAnotherFormOrNoOutputsPath() throws Exception {
        Response clip = get("/cam.mp4");
        assertEquals("404 no such stream, or nothing here serves .mp4", clip.status() + " " + clip.body().strip());
        assertEquals(404, get("/cam+live.m3u8").status());
        assertEquals(415, get("/cam").status());
        assertEquals(415, get("/live/cam.mp4").status());
        assertEquals(415, get("/").status());
    }

    @Test
    void aStreamedAnswerIsChunkedOrEndsWithTheConnection() throws Exception {
        assertEquals("one,two", get("/stream").body());
        assertEquals("one,two", get("/stream").body());
        Response old = client.send("GET /stream HTTP/1.0\r\n\r\n").response(false);
        assertEquals("one,two", old.body());
        assertFalse(old.headers().containsKey("transfer-encoding"));
        assertTrue(client.ended());
    }

    @Test
    void bodiesAreBoundedWhetherTheirLengthIsToldOrNot() throws Exception {
        assertEquals("0123456789", client.send("POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n").response(false).body());
        assertEquals(413, client.send("POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + "b\r\n01234567890\r\n").response(false).status());
        assertTrue(client.ended());
        try (Client other = Rig.connect(port())) {
            assertEquals(413, other.send("POST /body HTTP/1.1\r\nContent-Length: 11\r\n" + HOST).response(false).status());
            assertTrue(other.ended());
        }
    }

    private int port() {
        String local = rig.net.listeners().get(0).local();
        return Integer.parseInt(local.substring(local.lastIndexOf(':') + 1));
    }

    @Test
    void whoExpectsAContinueGetsItWhenTheBodyIsWanted() throws Exception {
        client.send("POST /body HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n" + HOST);
        assertEquals(100, client.response(true).status());
        assertEquals("ok", client.send("ok").response(false).body());
        assertEquals(200, get("/echo/x").status());
    }

    @Test
    void aBodyThatNobodyWantsIsReadPast() throws Exception {
        assertEquals(200, client.send("POST /echo/x HTTP/1.1\r\nContent-Length: 5\r\n" + HOST).response(false).status());
        assertEquals(415, client.send("abcdeGET /x HTTP/1.1\r\n" + HOST).response(false).status());
    }

    @Test
    void shapesThatAnotherServerCouldReadDifferentlyAreRefused() throws Exception {
        String[] shapes = {
            "POST /body HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n" + HOST + "0\r\n\r\n",
            "POST /body HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n" + HOST + "abcd",
            "POST /body HTTP/1.1\r\nContent-Length: 3, 4\r\n" + HOST + "abcd",
            "POST /body HTTP/1.1\r\nContent-Length: +3\r\n" + HOST + "abc",
            "POST /body HTTP/1.1\r\nContent-Length: -3\r\n" + HOST + "abc",
            "POST /body HTTP/1.0\r\nTransfer-Encoding: chunked\r\n" + HOST + "0\r\n\r\n",
            "POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" + HOST + "0\r\n\r\n",
            "POST /body HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n" + HOST + "0\r\n\r\n",
            "POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + "0x3\r\nabc\r\n0\r\n\r\n",
            "POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + "-3\r\nabc\r\n0\r\n\r\n",
            "POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + "3\r\nabcd\r\n0\r\n\r\n",
            "GET /echo/x HTTP/1.1\r\nX: a\r\n b: c\r\n" + HOST,
            "GET /echo/x HTTP/1.1\r\nContent-Length : 3\r\n" + HOST,
            "GET /echo/x HTTP/1.1\r\nX y\r\n" + HOST,
            "GET /echo/x HTTP/1.1\r\n\r\n",
            "GET /echo/x HTTP/1.1\r\nHost: a\r\n" + HOST,
            "GET /echo/x HTTP/1.1\r\nHost: a<script>\r\n\r\n",
            "GET /echo/%00 HTTP/1.1\r\n" + HOST,
            "GET /echo/../x HTTP/1.1\r\n" + HOST,
            "GET /echo/x HTTP/1.7\r\n" + HOST,
            "TRACE /echo/x HTTP/1.1\r\n" + HOST,
            "GET /" + "x".repeat(9000) + " HTTP/1.1\r\n" + HOST,
            "GET /echo/x HTTP/1.1\r\nX: " + "x".repeat(17000) + "\r\n" + HOST,
        };
        int port = port();
        for (String shape : shapes) {
            try (Client c = Rig.connect(port)) {
                Response r = c.send(shape + "GET /echo/smuggled HTTP/1.1\r\n" + HOST).response(false);
                assertTrue(r.status() >= 400 && r.status() != 404 && r.status() != 500, shape.substring(0, Math.min(120, shape.length())) + " -> " + r);
                assertTrue(c.ended(), shape.substring(0, Math.min(120, shape.length())));
            }
        }
        assertEquals(0, ended.get());
    }

    @Test
    void aFoldedLineThatComesByteByByteIsRefusedToo() throws Exception {
        get("/echo/x");
        for (char c : ("\r\nGET /echo/x HTTP/1.1\r\nX: a\r\n\tb: c\r\n" + HOST).toCharArray()) {
            client.send(String.valueOf(c));
        }
        assertEquals(400, client.response(false).status());
    }

    @Test
    void anExchangeFinishesOnTheRouteThatItBeganOn() throws Exception {
        var old = rig.route("late", late::complete, "/late");
        client.send("GET /late HTTP/1.1\r\n" + HOST);
        HttpExchange waiting = late.get();
        var fresh = rig.route("late", e -> answer(e, "new"), "/late");
        assertEquals(1, old.uses().get());
        waiting.connection().loop().execute(() -> answer(waiting, "old"));
        assertEquals("old", client.response(false).body());
        assertEquals("new", get("/late").body());
        Rig.until("nothing runs any more", () -> old.uses().get() == 0 && fresh.uses().get() == 0);
    }

    @Test
    void aPeerThatLeavesEndsItsExchange() throws Exception {
        client.send("GET /late HTTP/1.1\r\n" + HOST);
        HttpExchange waiting = late.get();
        waiting.connection().loop().execute(() -> waiting.onEnd(ended::incrementAndGet));
        client.close();
        Rig.until("the exchange has ended", () -> ended.get() == 1);
        waiting.connection().loop().execute(() -> answer(waiting, "too late"));
    }
}
