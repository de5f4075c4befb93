package io.sluice.target.http.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A server that keeps the body of each request in a file of its own, by the last part of the path. */
final class Ingest implements AutoCloseable {
    /** Request line, Content-Type and DASH-IF-Ingest of each. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path folder;
    private final ToIntFunction<String> statuses;

    /** @param statuses by path: 200, or one that is answered without reading */
    Ingest(Path folder, ToIntFunction<String> statuses) throws IOException {
        this.folder = folder;
        this.statuses = statuses;
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            requests.add(exchange.getRequestMethod() + " " + path + " " + exchange.getRequestHeaders().getFirst("Content-Type") + " " + exchange.getRequestHeaders().getFirst("DASH-IF-Ingest"));
            int status = statuses.applyAsInt(path);
            if (status == 200) {
                Files.copy(exchange.getRequestBody(), file(path.substring(path.lastIndexOf('/') + 1)));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void awaitBytes(String name, long bytes) {
        Await.until(() -> name + " comes: " + requests, Duration.ofSeconds(30), () -> Files.size(file(name)) >= bytes);
    }

    String url(String path) {
        return "cmaf://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
