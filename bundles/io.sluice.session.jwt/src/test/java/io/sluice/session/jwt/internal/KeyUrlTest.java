package io.sluice.session.jwt.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real HTTP server on this machine gives the keys. */
class KeyUrlTest {
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile String answer;
    private volatile int status = 200;
    private volatile boolean held;
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        answer = new Signer().jwkSet();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            if (held) {
                released.await();
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.stop(0);
        workers.shutdownNow();
    }

    private KeyUrl url() {
        HttpFetch fetch = new HttpFetch(URI.create("http://user:secret@127.0.0.1:" + server.getAddress().getPort() + "/keys?secret=1"));
        assertEquals("http://127.0.0.1:" + server.getAddress().getPort() + "/keys", fetch.name());
        return new KeyUrl(fetch.name(), fetch, Duration.ofSeconds(300), workers, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void keysAreFetchedOnceAndAgainWhenTheyAreOld() throws IOException {
        KeyUrl url = url();
        for (int i = 0; i < 100; i++) {
            assertTrue(url.keys("ec-1").names("rsa-1"));
        }
        assertEquals(1, asked.get());
        pass(Duration.ofSeconds(301));
        url.keys("ec-1");
        Await.until("a second look", Duration.ofSeconds(10), () -> asked.get() == 2);
    }

    @Test
    void anUnknownKeyIsLookedForAtOnceButNotOften() throws Exception {
        KeyUrl url = url();
        url.keys("");
        answer = answer.replace("ec-1", "ec-2");
        pass(KeyUrl.PAUSE);
        assertTrue(url.keys("ec-2").names("ec-2"));
        assertEquals(2, asked.get());
        for (int i = 0; i < 100; i++) {
            url.keys("invented" + i);
        }
        assertEquals(2, asked.get());
    }

    @Test
    void keysFromBeforeCountWhileTheUrlFailsForADay() throws IOException {
        KeyUrl url = url();
        url.keys("ec-1");
        status = 500;
        pass(KeyUrl.KEPT);
        assertTrue(url.keys("ec-1").names("ec-1"));
        pass(Duration.ofSeconds(1));
        assertThrows(IOException.class, () -> url.keys("ec-1"));
    }

    @Test
    void whoseKeysDoNotComeInTimeIsToldSo() throws IOException {
        held = true;
        KeyUrl url = url();
        assertEquals("the keys to check tokens with cannot be reached now", assertThrows(IOException.class, () -> url.keys("ec-1")).getMessage());
        released.countDown();
        Await.until("the keys that came late", Duration.ofSeconds(10), () -> url.keys("ec-1").names("ec-1"));
        assertEquals(1, asked.get());
    }

    /** Else strangers could occupy every thread that checks tokens. */
    @Test
    void fewWaitAtOnce() throws Exception {
        KeyUrl url = new KeyUrl("a URL that hangs", () -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return answer.getBytes(StandardCharsets.UTF_8);
        }, Duration.ofSeconds(300), Duration.ofHours(1), workers, clock::get);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < KeyUrl.MAX_WAITING; i++) {
            Thread thread = new Thread(() -> assertDoesNotThrow(() -> url.keys("ec-1")));
            thread.start();
            waiting.add(thread);
        }
        Await.until("they wait", Duration.ofSeconds(10), () -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThrows(IOException.class, () -> url.keys("invented")));
        released.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertTrue(url.keys("ec-1").names("ec-1"));
    }

    @Test
    void redirectsAndGiantsAreRefused() {
        status = 302;
        assertThrows(IOException.class, () -> url().keys(""));
        status = 200;
        answer = " ".repeat(KeyFile.MAX_BYTES + 1);
        assertThrows(IOException.class, () -> url().keys(""));
        assertThrows(IllegalArgumentException.class, () -> new HttpFetch(URI.create("file:///etc/passwd")));
    }
}
