package io.sluice.format.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.format.outbound.OutboundPolicy;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundClientTest {
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicInteger lookups = new AtomicInteger();
    private LocalServer server;
    private OutboundClient client;

    @BeforeEach
    void begin() throws IOException {
        server = new LocalServer();
        client = new OutboundClient("outbound-test", new OutboundPolicy("test", false, List.of("allowed.example", "other.example")), 50, Trust.of("", "test"), this::find);
    }

    /** Every name is this machine. */
    private InetAddress[] find(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        if (host.equals("nowhere.example")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
        workers.shutdownNow();
    }

    @Test
    void theAnswerComesBackAndTheConnectionIsUsedAgain() throws Exception {
        server.on("/a", x -> x.answer(203, "hello", Map.of("ETag", "\"1\"")));
        for (int i = 0; i < 50; i++) {
            OutboundReply reply = now(get("/a"));
            assertEquals(203, reply.status());
            assertEquals("hello", text(reply));
            assertEquals("\"1\"", reply.headers().get("etag"));
            assertFalse(reply.cut());
        }
        assertTrue(server.clients().size() < 25, "connections: " + server.clients()); // a reply may be there before its connection is free
        assertEquals("allowed.example:" + server.port(), server.last().getFirst("Host"));
        assertEquals(null, server.last().getFirst("Accept-Encoding"));
    }

    @Test
    void aPostHasItsBodyAndHeadersEvenWhenEmpty() throws Exception {
        server.on("/p", x -> x.answer(200, x.method() + ":" + x.body() + ":" + x.headers().getFirst("X-One") + ":" + x.headers().getFirst("Content-Type") + ":"
            + x.headers().getFirst("Content-Length"), Map.of()));
        assertEquals("POST:b ö:1:application/json:4", text(now(send("POST", url("/p"), Map.of("X-One", "1", "content-type", "application/json"), "b ö"))));
        assertTrue(text(now(send("POST", url("/p"), Map.of("X-One", "1"), ""))).endsWith(":0"));
    }

    @Test
    void whatThePolicyDeniesIsNotConnectedTo() {
        String why = failure(send("GET", URI.create("http://inner.example:" + server.port() + "/"), Map.of(), ""));
        assertEquals("denied by the address policy test: 'inner.example' is 127.0.0.1, a loopback address; to allow it, name it in 'allowed' or set 'allowPrivate'", why);
        assertTrue(failure(send("GET", URI.create("file:///etc/passwd"), Map.of(), "")).contains("http or https was wanted, 'file:' was found"));
        assertEquals(0, server.requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/", "http://[::1]:%d/", "http://2130706433:%d/", "http://localhost:%d/", "http://[::ffff:127.0.0.1]:%d/", "http://0.0.0.0:%d/"})
    void loopbackIsDeniedHoweverItIsWritten(String url) {
        try (OutboundClient real = new OutboundClient("outbound-real", new OutboundPolicy("test", false, List.of()), 5, Trust.of("", "test"))) {
            assertTrue(failure(real.send(request("GET", URI.create(String.format(url, server.port())), Map.of(), "", 20_000), workers)).startsWith("denied by the address policy test"));
        }
    }

    @ParameterizedTest
    @CsvSource({"http://inner.example:PORT/x, denied by the address policy test: 'inner.example'", "file:///etc/passwd, denied by the address policy test: http or https",
        "http://user:p@allowed.example/, denied by the address policy test: the URL holds a user", "gopher://allowed.example/, denied by the address policy test: http or https"})
    void redirectsAreJudgedToo(String to, String why) {
        server.on("/r", x -> x.answer(302, "", Map.of("Location", to.replace("PORT", "" + server.port()))));
        assertTrue(failure(get("/r")).startsWith(why));
        assertEquals(1, server.requests());
    }

    @Test
    void redirectsAreFollowedFiveTimes() throws Exception {
        for (int i = 0; i < 9; i++) {
            int next = i + 1;
            server.on("/r" + i, x -> x.answer(307, "", Map.of("Location", "/r" + next)));
        }
        server.on("/r5", x -> x.answer(200, "end", Map.of()));
        assertEquals("end", text(now(get("/r0"))));
        server.on("/r5", x -> x.answer(301, "", Map.of("Location", "/r6")));
        assertEquals("it redirects more than 5 times", failure(get("/r0")));
    }

    @Test
    void secretsDoNotFollowARedirectToAnotherHost() throws Exception {
        server.on("/same", x -> x.answer(302, "", Map.of("Location", "/end")));
        server.on("/other", x -> x.answer(302, "", Map.of("Location", "http://other.example:" + server.port() + "/end")));
        server.on("/end", x -> x.answer(200, x.method() + x.headers().getFirst("Authorization") + x.headers().getFirst("X-Custom-Variable"), Map.of()));
        Map<String, String> headers = Map.of("Authorization", "secret", "X-Custom-Variable", "n");
        assertEquals("GETsecretn", text(now(send("GET", url("/same"), headers, ""))));
        assertEquals("GETnulln", text(now(send("POST", url("/other"), headers, "body"))));
    }

    @Test
    void anAddressIsLookedUpOnceAndThatOneIsConnectedTo() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        // a name that is public when it is judged, and this machine when somebody asks again
        OutboundClient.Lookup moving = host -> new InetAddress[] {InetAddress.getByName(asked.getAndIncrement() == 0 ? "203.0.113.9" : "127.0.0.1")};
        try (OutboundClient rebound = new OutboundClient("outbound-rebound", new OutboundPolicy("test", false, List.of("203.0.113.0/24")), 5, Trust.of("", "test"), moving)) {
            failure(rebound.send(request("GET", URI.create("http://moving.example:" + server.port() + "/"), Map.of(), "", 1000), workers));
        }
        assertEquals(1, asked.get());
        assertEquals(0, server.requests());
    }

    @Test
    void theNextAddressIsTriedWhenOneCannotBeReached() throws Exception {
        server.on("/", x -> x.answer(200, "there", Map.of()));
        OutboundClient.Lookup two = host -> new InetAddress[] {InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")};
        try (OutboundClient able = new OutboundClient("outbound-two", new OutboundPolicy("test", true, List.of()), 5, Trust.of("", "test"), two)) {
            assertEquals("there", text(now(able.send(request("GET", URI.create("http://two.example:" + server.port() + "/"), Map.of(), "", 20_000), workers))));
        }
    }

    @Test
    void tricklingBytesEndAtTheTimeOut() {
        server.raw("/slow", out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            trickle(out);
        });
        assertEquals("no whole answer within 700 ms", failure(client.send(request("GET", url("/slow"), Map.of(), "", 700), workers)));
        Await.until("the connection is closed", Duration.ofSeconds(10), () -> server.brokenPipes() == 1);
    }

    private void trickle(OutputStream out) throws IOException {
        while (!server.closed()) {
            out.write('x');
            out.flush();
            server.pause(100);
        }
    }

    @Test
    void endlessHeadersEndAtTheirLimit() {
        server.raw("/headers", out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!server.closed()) {
                out.write("X-More: and more\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
        failure(get("/headers"));
        Await.until("the connection is closed", Duration.ofSeconds(10), () -> server.brokenPipes() == 1);
    }

    @Test
    void endlessBodiesAreCutAndTheConnectionIsClosed() throws Exception {
        server.raw("/big", out -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!server.closed()) {
                out.write(("1000\r\n" + "y".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        });
        OutboundReply reply = now(get("/big"));
        assertTrue(reply.cut());
        assertEquals("y".repeat(1000), text(reply));
        Await.until("the connection is closed", Duration.ofSeconds(10), () -> server.brokenPipes() == 1);
    }

    @Test
    void encodedBodiesAreRefusedWithoutDecoding() {
        server.on("/bomb", x -> x.answer(200, "\u001f\u008b bomb", Map.of("Content-Encoding", "gzip")));
        assertEquals("the answer is encoded as 'gzip', which was not asked for", failure(get("/bomb")));
    }

    @Test
    void cancellingEndsTheRequest() {
        server.raw("/slow", out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            trickle(out);
        });
        CompletableFuture<OutboundReply> reply = get("/slow");
        Await.until("asked", Duration.ofSeconds(10), () -> server.requests() == 1);
        reply.cancel(true);
        Await.until("the connection is closed", Duration.ofSeconds(10), () -> server.brokenPipes() == 1);
    }

    @Test
    void failuresAreSentences() throws Exception {
        assertEquals("there is no host 'nowhere.example'", failure(send("GET", URI.create("http://nowhere.example/"), Map.of(), "")));
        int port = server.port();
        server.close();
        assertTrue(failure(send("GET", URI.create("http://allowed.example:" + port + "/"), Map.of(), "")).contains("refused"));
        client.close();
        assertEquals("requests are no longer sent", failure(get("/")));
    }

    @Test
    void aServerThatClosesIdleConnectionsCostsNoRequest() throws Exception {
        AtomicInteger count = new AtomicInteger();
        server.raw("/once", out -> {
            count.incrementAndGet();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });
        for (int i = 0; i < 20; i++) {
            assertEquals("ok", text(now(get("/once"))));
        }
        assertEquals(20, count.get());
    }

    @Test
    void aHungNameServerHoldsFewWorkers() throws Exception {
        CompletableFuture<Void> hang = new CompletableFuture<>();
        AtomicInteger busy = new AtomicInteger();
        try (OutboundClient hung = new OutboundClient("outbound-hung", new OutboundPolicy("test", true, List.of()), 50, Trust.of("", "test"), host -> {
            busy.incrementAndGet();
            hang.join();
            return find(host);
        })) {
            List<CompletableFuture<OutboundReply>> replies = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                replies.add(hung.send(request("GET", URI.create("http://h" + i + ".example/"), Map.of(), "", 500), workers));
            }
            for (CompletableFuture<OutboundReply> reply : replies) {
                assertEquals("no whole answer within 500 ms", failure(reply));
            }
            assertEquals(8, busy.get());
            hang.complete(null);
        }
    }

    @ParameterizedTest
    @CsvSource({"'X-A', 'a\r\nX-B: b'", "'X-A', 'a\nb'", "'X A', b", "'', b", "Host, evil", "content-length, 5", "Transfer-Encoding, chunked", "'X-A', 'ö'"})
    void headersThatCouldBecomeSomethingElseAreRefused(String name, String value) {
        assertThrows(IllegalArgumentException.class, () -> request("GET", url("/"), Map.of(name, value), "", 1000));
    }

    @Test
    void theThreadsEndWithTheClient() throws Exception {
        server.on("/a", x -> x.answer(200, "", Map.of()));
        now(get("/a"));
        assertTrue(threads() > 0);
        client.close();
        Await.until("no thread is left", Duration.ofSeconds(10), () -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("outbound-test")).count();
    }

    private URI url(String path) {
        return URI.create("http://allowed.example:" + server.port() + path);
    }

    private CompletableFuture<OutboundReply> get(String path) {
        return send("GET", url(path), Map.of(), "");
    }

    private CompletableFuture<OutboundReply> send(String method, URI uri, Map<String, String> headers, String body) {
        return client.send(request(method, uri, headers, body, 20_000), workers);
    }

    private static OutboundRequest request(String method, URI uri, Map<String, String> headers, String body, long timeoutMillis) {
        return new OutboundRequest(method, uri, headers, body.getBytes(StandardCharsets.UTF_8), timeoutMillis, 1000, 5);
    }

    private static OutboundReply now(CompletableFuture<OutboundReply> reply) throws Exception {
        return reply.get(30, TimeUnit.SECONDS);
    }

    private static String failure(CompletableFuture<OutboundReply> reply) {
        return assertThrows(ExecutionException.class, () -> now(reply)).getCause().getMessage();
    }

    private static String text(OutboundReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
