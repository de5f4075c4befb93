package io.sluice.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A real HTTP server on a free port of loopback that remembers what it was sent, and answers as a test says. */
public final class HttpReceiver implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private volatile Function<Received, Answer> answers;

    /** @param headers by name in lower case */
    public record Received(String method, String path, Map<String, String> headers, String body, int remotePort) {
    }

    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private HttpReceiver(HttpServer server, Function<Received, Answer> answers) {
        this.server = server;
        this.answers = answers;
    }

    /** @param answers called for each request on a thread of its own, which it may block; null closes the connection without an answer */
    public static HttpReceiver start(Function<Received, Answer> answers) {
        try {
            return started(HttpServer.create(any(), BACKLOG), answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same over TLS. @param context such as that of {@link TestCertificate} */
    public static HttpReceiver secure(SSLContext context, Function<Received, Answer> answers) {
        try {
            HttpsServer server = HttpsServer.create(any(), BACKLOG);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return started(server, answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress any() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static HttpReceiver started(HttpServer server, Function<Received, Answer> answers) {
        HttpReceiver receiver = new HttpReceiver(server, answers);
        server.createContext("/", receiver::serve);
        server.setExecutor(receiver.threads);
        server.start();
        return receiver;
    }

    /** Answers 200 with this body. */
    public static HttpReceiver saying(String body) {
        return start(request -> Answer.of(200, body));
    }

    public void answers(Function<Received, Answer> changed) {
        answers = changed;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(", ", values)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Received request = new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body, exchange.getRemoteAddress().getPort());
            received.add(request);
            Answer answer = answers.apply(request);
            if (answer != null) {
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    /** By the address where it is plain, by the name "localhost" over TLS, as that is what its certificate is for. */
    public URI uri(String path) {
        return URI.create((server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:") + server.getAddress().getPort() + path);
    }

    /** In the order in which they came. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
