package io.sluice.variable.url.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.VariableRequest;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UrlSourceTest {
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private UrlSource source;
    private HttpServer server;
    private volatile Headers last;
    private volatile String method;
    private volatile String body;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        server.setExecutor(workers);
        server.start();
        source = new UrlSource(config("", "127.0.0.1"));
    }

    @AfterEach
    void end() {
        source.close();
        server.stop(0);
        workers.shutdownNow();
    }

    @Test
    void theValueIsTheBody() throws Exception {
        on("/v", 200, "Studio 1\n", Map.of());
        assertEquals("Studio 1\n", value(Map.of("target", url("/v"))));
        assertEquals("GET", method);
        assertEquals("studio", last.getFirst("X-Custom-Variable"));
    }

    @Test
    void aPostHasBodyAndHeaders() throws Exception {
        on("/v", 201, "yes", Map.of());
        assertEquals("yes", value(Map.of("target", url("/v"), "method", "post", "body", "{\"q\": 1}", "header.Content-Type", "application/json", "header.Authorization", "Bearer t")));
        assertEquals("POST {\"q\": 1} application/json Bearer t", method + " " + body + " " + last.getFirst("Content-Type") + " " + last.getFirst("Authorization"));
        value(Map.of("target", url("/v"), "method", "POST"));
        assertEquals("POST  text/plain", method + " " + body + " " + last.getFirst("Content-Type"));
    }

    @Test
    void anythingButSuccessIsAFailure() {
        on("/500", 500, "broken", Map.of());
        on("/404", 404, "", Map.of());
        on("/304", 304, "", Map.of());
        assertEquals("the server answered 500", failure(Map.of("target", url("/500"))));
        assertEquals("the server answered 404", failure(Map.of("target", url("/404"))));
        assertEquals("the server answered 304", failure(Map.of("target", url("/304"))));
    }

    @Test
    void aPointerPicksOneValue() throws Exception {
        on("/j", 200, "{\"rooms\": [{\"on air\": true}]}", Map.of());
        assertEquals("true", value(Map.of("target", url("/j"), "pointer", "/rooms/0/on air")));
        assertEquals("there is nothing at '/rooms/1'", failure(Map.of("target", url("/j"), "pointer", "/rooms/1")));
        on("/long", 200, "{\"a\": \"" + "x".repeat(300_000) + "\"}", Map.of());
        assertEquals("x".repeat(64), value(Map.of("target", url("/long"), "pointer", "/a")));
        on("/huge", 200, "{\"a\": \"" + "x".repeat(1_100_000) + "\"}", Map.of());
        assertEquals("the JSON document has more than 1048576 bytes", failure(Map.of("target", url("/huge"), "pointer", "/a")));
    }

    @Test
    void anUnchangedValueIsNotSentAgain() throws Exception {
        handle("/e", x -> {
            boolean same = "\"1\"".equals(x.getRequestHeaders().getFirst("If-None-Match"));
            x.getResponseHeaders().set("ETag", "\"1\"");
            answer(x, same ? 304 : 200, same ? "" : "first");
        });
        for (int i = 0; i < 3; i++) {
            assertEquals("first", value(Map.of("target", url("/e"))));
        }
        assertEquals("\"1\"", last.getFirst("If-None-Match"));
        assertEquals("first", value(Map.of("target", url("/e"), "header.X-Other", "question")));
        assertNull(last.getFirst("If-None-Match"));
        on("/m", 200, "m", Map.of("Last-Modified", "Sun, 01 Nov 2026 10:00:00 GMT"));
        value(Map.of("target", url("/m")));
        value(Map.of("target", url("/m")));
        assertEquals("Sun, 01 Nov 2026 10:00:00 GMT", last.getFirst("If-Modified-Since"));
    }

    @Test
    void aLongBodyIsCutAtTheVariablesLimit() throws Exception {
        on("/l", 200, "ö".repeat(1000), Map.of());
        assertEquals("ö".repeat(32), value(Map.of("target", url("/l"))));
        VariableRequest odd = new VariableRequest("studio", Map.of("target", url("/l")), 20_000, 65, workers);
        assertEquals("ö".repeat(32), source.read(odd).toCompletableFuture().get(20, TimeUnit.SECONDS));
    }

    @Test
    void otherCharactersAreReadAsTheServerSays() throws Exception {
        handle("/c", x -> {
            x.getResponseHeaders().set("Content-Type", "text/plain; charset=ISO-8859-1");
            x.sendResponseHeaders(200, 1);
            x.getResponseBody().write(0xf6);
            x.close();
        });
        assertEquals("ö", value(Map.of("target", url("/c"))));
    }

    @Test
    void redirectsToDeniedAddressesNameThePolicy() {
        on("/r", 302, "", Map.of("Location", "http://169.254.169.254/latest/meta-data/"));
        on("/f", 302, "", Map.of("Location", "file:///etc/passwd"));
        on("/l", 302, "", Map.of("Location", "http://127.0.0.2:1/"));
        assertEquals("denied by the address policy io.sluice.variable.url: '169.254.169.254' is 169.254.169.254, a cloud metadata address; to allow it, name it in 'allowed'",
            failure(Map.of("target", url("/r"))));
        assertTrue(failure(Map.of("target", url("/f"))).startsWith("denied by the address policy io.sluice.variable.url: http or https"));
        assertTrue(failure(Map.of("target", url("/l"))).startsWith("denied by the address policy io.sluice.variable.url: '127.0.0.2' is 127.0.0.2, a loopback address"));
    }

    @Test
    void valuesInTheUrlStayInTheirPlace() throws Exception {
        on("/v", 200, "ok", Map.of());
        Map<String, String> templates = Map.of("target", url("/v?room=$room"));
        Map<String, String> parameters = Map.of("target", url("/v?room=a&b=c d"));
        VariableRequest request = new VariableRequest("studio", parameters, templates, t -> new Expansion(t.replace("$room", "a&b=c d"), ""), 20_000, 64, workers);
        assertEquals("ok", source.read(request).toCompletableFuture().get(20, TimeUnit.SECONDS));
        assertEquals("/v?room=a%26b%3Dc%20d", body);
    }

    @Test
    void aValueWithALineEndReachesNoHeader() {
        String why = failure(Map.of("target", url("/v"), "header.X-Room", "a\r\nX-Evil: 1"));
        assertTrue(why.startsWith("the value of the header 'X-Room' holds a line end"), why);
        assertEquals(0, requests.get());
    }

    @Test
    void whatHangsEndsAtTheTimeOutAndWithTheStage() {
        CountDownLatch ended = new CountDownLatch(1);
        handle("/h", x -> {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        VariableRequest request = new VariableRequest("studio", Map.of("target", url("/h")), 500, 64, workers);
        assertEquals("no whole answer within 500 ms", assertThrows(ExecutionException.class, () -> source.read(request).toCompletableFuture().get(20, TimeUnit.SECONDS)).getCause().getMessage());
        CompletableFuture<String> value = source.read(new VariableRequest("studio", Map.of("target", url("/h")), 60_000, 64, workers)).toCompletableFuture();
        Await.until("asked", Duration.ofSeconds(10), () -> requests.get() == 2);
        value.cancel(true);
        assertTrue(value.isCancelled());
        ended.countDown();
    }

    @Test
    void anotherPolicyCountsAtOnce() throws Exception {
        on("/v", 200, "ok", Map.of());
        value(Map.of("target", url("/v")));
        source.configure(config(""));
        assertTrue(failure(Map.of("target", url("/v"))).startsWith("denied by the address policy"));
    }

    @Test
    void wrongParametersAreNamedBeforeAnythingIsSent() {
        assertEquals("", problem(Map.of("target", "$base/p?x=${y:-z}")));
        assertEquals("", problem(Map.of("target", "https://h.example/p", "pointer", "/a")));
        assertTrue(problem(Map.of()).startsWith("'target' is empty"));
        assertTrue(problem(Map.of("target", "http://h.example/", "method", "PUT")).startsWith("'method': GET or POST"));
        assertTrue(problem(Map.of("target", "http://h.example/", "pointer", "a")).startsWith("'pointer': "));
        assertTrue(problem(Map.of("target", "http://h.example/", "header.Host", "a")).contains("'Host'"));
        assertTrue(problem(Map.of("target", "file:///etc/passwd")).startsWith("'target': denied by the address policy"));
    }

    static UrlConfig config(String trust, String... allowed) {
        Map<String, Object> values = Map.of("allowPrivate", false, "allowed", allowed, "maxConnections", 20, "trust", trust);
        return (UrlConfig) java.lang.reflect.Proxy.newProxyInstance(UrlConfig.class.getClassLoader(), new Class<?>[] {UrlConfig.class}, (p, m, a) -> values.get(m.getName()));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void on(String path, int status, String text, Map<String, String> headers) {
        handle(path, x -> {
            headers.forEach(x.getResponseHeaders()::set);
            answer(x, status, text);
        });
    }

    private void handle(String path, HttpHandler handler) {
        server.createContext(path, x -> {
            requests.incrementAndGet();
            last = x.getRequestHeaders();
            method = x.getRequestMethod();
            String sent = new String(x.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            body = method.equals("GET") ? x.getRequestURI().toString() : sent;
            handler.handle(x);
        });
    }

    private static void answer(HttpExchange x, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        x.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        x.getResponseBody().write(bytes);
        x.close();
    }

    private String value(Map<String, String> parameters) throws Exception {
        return source.read(request(parameters)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private String failure(Map<String, String> parameters) {
        return assertThrows(ExecutionException.class, () -> value(parameters)).getCause().getMessage();
    }

    private String problem(Map<String, String> parameters) {
        return source.problem(request(parameters));
    }

    private VariableRequest request(Map<String, String> parameters) {
        return new VariableRequest("studio", parameters, 20_000, 64, workers);
    }
}
