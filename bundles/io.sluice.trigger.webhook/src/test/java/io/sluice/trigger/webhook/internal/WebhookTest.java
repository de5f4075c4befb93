package io.sluice.trigger.webhook.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.Loops;
import io.sluice.api.trigger.TriggerCall;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.testkit.Await;
import io.sluice.testkit.HttpReceiver;
import io.sluice.testkit.HttpReceiver.Answer;
import io.sluice.testkit.HttpReceiver.Received;
import io.sluice.testkit.TestCertificate;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler against real HTTP servers, good and bad ones. */
class WebhookTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ScheduledExecutorService loop = Executors.newScheduledThreadPool(2);
    private final WebhookHandler handler = handler(true);
    private HttpReceiver server = HttpReceiver.saying("1");

    @AfterEach
    void close() {
        handler.close();
        server.close();
        loop.shutdownNow();
    }

    private record Config(String trust, boolean allowPrivate, String... allowed) implements WebhookHandler.Config {
        @Override
        public int connections() {
            return 4096;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return WebhookHandler.Config.class;
        }
    }

    private WebhookHandler handler(boolean allowPrivate, String... allowed) {
        return trusting("", allowPrivate, allowed);
    }

    private WebhookHandler trusting(String trust, boolean allowPrivate, String... allowed) {
        return new WebhookHandler(new Config(trust, allowPrivate, allowed), new Loops() {
            @Override
            public ScheduledExecutorService next() {
                return loop;
            }

            @Override
            public Executor workers() {
                return loop;
            }
        });
    }

    private static TriggerCall call(String target, boolean json, String... more) {
        Map<String, String> parameters = new HashMap<>(Map.of("target", target));
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        TriggerEvent event = TriggerEvent.of("USER_NEW", "show", "stream", "show", "address", "192.0.2.1");
        return new TriggerCall(event, "e-1", 1_700_000_000_000L, json ? "{\"event\":\"USER_NEW\"}" : event.payload(), json, true, "", 10_000, parameters);
    }

    private String ask(String... more) throws Exception {
        return handler.handle(call(server.uri("/hook?x=1").toString(), false, more)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String failure(WebhookHandler of, TriggerCall call) {
        return assertThrows(ExecutionException.class, () -> of.handle(call).toCompletableFuture().get(20, TimeUnit.SECONDS)).getCause().getMessage();
    }

    @Test
    void theBodyIsThePayloadAndTheHeaderTheType() throws Exception {
        server.answers(request -> Answer.of(200, "yes, " + request.body().length()));
        assertEquals("yes, 14", ask("header.X-Mine", "red blue"));
        Received got = server.received().get(0);
        assertEquals("POST /hook?x=1 show\n192.0.2.1", got.method() + " " + got.path() + " " + got.body());
        assertEquals(List.of("USER_NEW", "text/plain", "e-1", "1700000000000", "red blue"),
            Stream.of("x-trigger", "content-type", "x-sluice-event", "x-sluice-time", "x-mine").map(got.headers()::get).toList());
        assertNull(got.headers().get("x-sluice-signature"));
        handler.handle(call(server.uri("/").toString(), true)).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertEquals("application/json", server.received().get(1).headers().get("content-type"));
        assertEquals(got.remotePort(), server.received().get(1).remotePort(), "the connection is used again");
    }

    @Test
    void theSignatureIsTheHmacOfTypeNumberTimeAndBody(@TempDir Path folder) throws Exception {
        ask("secret", "kiss");
        assertEquals(SignatureByOpenssl.of("kiss", "USER_NEW\ne-1\n1700000000000\nshow\n192.0.2.1"), server.received().get(0).headers().get("x-sluice-signature"));
        Path file = Files.writeString(folder.resolve("secret"), "kiss\n");
        ask("secretFile", file.toString());
        assertEquals(server.received().get(0).headers().get("x-sluice-signature"), server.received().get(1).headers().get("x-sluice-signature"));
        assertTrue(failure(handler, call(server.uri("/").toString(), false, "secretFile", folder.resolve("none").toString())).contains("cannot be read"));
        assertTrue(failure(handler, call(server.uri("/").toString(), false, "secret", "$[env:UNSET]")).contains("not replaced"));
    }

    @Test
    void errorsOfTheNetworkAndOfTheServerAreTriedAgain() throws Exception {
        server.answers(request -> server.received().size() == 1 ? null : server.received().size() == 2 ? Answer.of(503, "busy") : Answer.of(200, "at last"));
        assertEquals("at last", ask());
        assertEquals(3, server.received().size());
        assertEquals(1, server.received().stream().map(r -> r.headers().get("x-sluice-event")).distinct().count());
        server.answers(request -> Answer.of(500, "broken"));
        assertEquals("it answered 500, in attempt 2", failure(handler, call(server.uri("/").toString(), false, "attempts", "2")));
    }

    @Test
    void aRefusalIsNotTriedAgainAndARedirectNotFollowed() {
        server.answers(request -> Answer.of(404, ""));
        assertEquals("it answered 404", failure(handler, call(server.uri("/").toString(), false)));
        server.answers(request -> new Answer(302, Map.of("location", "http://169.254.169.254/"), new byte[0]));
        assertEquals("it answered 302", failure(handler, call(server.uri("/").toString(), false)));
        assertEquals(2, server.received().size());
    }

    @Test
    void overTlsOnlyATrustedServerIsTold(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.make(folder);
        WebhookHandler trusting = trusting(certificate.pem().toString(), true);
        try (HttpReceiver secure = HttpReceiver.secure(certificate.context(), request -> Answer.of(200, "sealed"))) {
            String target = secure.uri("/hook").toString();
            assertTrue(failure(handler, call(target, false, "attempts", "1")).startsWith("the server's certificate is not from an authority that is trusted"));
            assertEquals(List.of(), secure.received());
            assertEquals("sealed", trusting.handle(call(target, false)).toCompletableFuture().get(20, TimeUnit.SECONDS));
            assertEquals("show\n192.0.2.1", secure.received().get(0).body());
        } finally {
            trusting.close();
        }
    }

    @Test
    void anAnswerWithoutEndAndABombAreRefused() {
        server.answers(request -> new Answer(200, Map.of(), new byte[Hook.MAX_BYTES + 1]));
        assertEquals("it answered more than 65536 bytes", failure(handler, call(server.uri("/long").toString(), false)));
        server.answers(request -> new Answer(200, Map.of("content-encoding", "gzip"), new byte[10]));
        assertTrue(failure(handler, call(server.uri("/").toString(), false)).contains("encoded"));
        assertEquals(1, server.received().stream().filter(r -> r.path().equals("/long")).count(), "and not asked for again");
    }

    @Test
    void addressesAreJudgedByPolicy() {
        WebhookHandler strict = handler(false);
        String target = server.uri("/").toString();
        assertTrue(failure(strict, call(target, false)).contains("denied by the address policy io.sluice.trigger.webhook"));
        assertTrue(failure(strict, call(target.replace("127.0.0.1", "localhost"), false)).contains("loopback"));
        assertTrue(failure(handler, call("http://169.254.169.254/latest/meta-data", false)).contains("metadata"), "denied by default, private ones allowed or not");
        assertTrue(failure(handler, call("file:///etc/passwd", false)).contains("http or https"));
        assertEquals("", handler(true).problem(Map.of("target", target)));
        Stream.of("", "not a url", "ftp://h/", "http://user:pass@h/", "http:///nohost").forEach(t -> assertFalse(handler.problem(Map.of("target", t)).isEmpty(), t));
        assertTrue(handler.problem(Map.of("target", target, "header.X", "a\r\nEvil: 1")).contains("line end"));
        assertTrue(handler.problem(Map.of("target", target, "attempts", "many")).contains("attempts"));
        assertEquals(0, server.received().size());
        strict.close();
    }

    /** Many times: the library loses some cancellations, and then the attempt's time must end the connection. */
    @RepeatedTest(10)
    void aServerThatNeverAnswersIsLeftWhenNobodyWaits() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> open = handler.handle(call("http://127.0.0.1:" + silent.getLocalPort() + "/", false, "attemptMillis", "1000")).toCompletableFuture();
            try (Socket socket = silent.accept()) {
                socket.setSoTimeout(20_000);
                byte[] head = new byte[5];
                socket.getInputStream().readNBytes(head, 0, 5);
                assertEquals("POST ", new String(head, StandardCharsets.US_ASCII));
                open.cancel(true);
                assertTrue(closed(socket), "the connection is closed");
            }
        }
    }

    private static boolean closed(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // the rest of the request
            }
            return true;
        } catch (IOException e) {
            return e.getMessage().contains("reset");
        }
    }

    @Test
    void anAttemptThatTakesTooLongIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.answers(request -> {
            if (server.received().size() == 1) {
                awaited(over);
            }
            return Answer.of(200, "second");
        });
        assertEquals("second", ask("attemptMillis", "200"));
        over.countDown();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void hundredsAreOpenAtOnceOnAThreadThatEndsWithTheHandler() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.answers(request -> {
            awaited(go);
            return Answer.of(200, request.path());
        });
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(handler.handle(call(server.uri("/" + i).toString(), false, "attemptMillis", "20000")).toCompletableFuture());
        }
        Await.until(() -> "all are there: " + server.received().size(), PATIENCE, () -> server.received().size() == 200);
        assertEquals(3, threads(), "one works, one waits for its end, one looks at the clock");
        go.countDown();
        for (int i = 0; i < 200; i++) {
            assertEquals("/" + i, all.get(i).get(20, TimeUnit.SECONDS));
        }
        handler.close();
        Await.until("the threads have ended", PATIENCE, () -> threads() == 0);
        assertTrue(failure(handler, call(server.uri("/").toString(), false)).startsWith("requests are no longer sent"));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("sluice-webhook")).count();
    }
}
