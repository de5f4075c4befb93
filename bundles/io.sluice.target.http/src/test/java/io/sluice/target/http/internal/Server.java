package io.sluice.target.http.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's server, which keeps the body of the last request in a file. */
final class Server implements AutoCloseable {
    /** How it answers: after the body, at once, or never. */
    enum How { AFTER, AT_ONCE, NEVER }

    final CompletableFuture<String> request = new CompletableFuture<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    Server(Path file, int status, How how) throws IOException {
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, file, status, how));
        server.start();
    }

    private void serve(HttpExchange exchange, Path file, int status, How how) throws IOException {
        request.complete(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
        if (how != How.AT_ONCE) {
            Files.copy(exchange.getRequestBody(), file);
        }
        if (how == How.NEVER) {
            closed.join();
        }
        if (how == How.AT_ONCE) {
            refuse(exchange, status);
        } else {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    /** As servers do that want their answer to arrive: what still comes is read and thrown away, or the close would be a reset that overtakes the answer (RFC 9112 section 9.6). */
    private static void refuse(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 2);
        exchange.getResponseBody().write(new byte[] {'n', 'o'});
        exchange.getResponseBody().flush();
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the client has its answer, and has gone in the middle of its body
        }
    }

    String url(String login, String path) {
        return "http://" + login + "127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        closed.complete(null);
        server.stop(0);
        threads.shutdownNow();
    }
}
