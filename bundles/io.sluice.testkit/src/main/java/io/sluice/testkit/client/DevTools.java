package io.sluice.testkit.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A session of the Chrome DevTools protocol over a WebSocket: calls with answers, and events. Calls from one thread. */
final class DevTools implements AutoCloseable {
    private static final int SECONDS = 30;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final BiConsumer<String, JsonNode> events;
    private final WebSocket socket;

    /** @param events get the method and the parameters of each, on the WebSocket's thread */
    DevTools(URI endpoint, BiConsumer<String, JsonNode> events) throws IOException {
        this.events = events;
        this.socket = await(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(endpoint, new Receiver()), "opening " + endpoint);
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                received(message);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            open.values().forEach(f -> f.completeExceptionally(error));
        }
    }

    private void received(String message) {
        try {
            JsonNode node = json.readTree(message);
            CompletableFuture<JsonNode> answer = node.has("id") ? open.remove(node.get("id").asInt()) : null;
            if (answer != null) {
                answer.complete(node);
            } else if (node.has("method")) {
                events.accept(node.get("method").asText(), node.path("params"));
            }
        } catch (IOException e) {
            throw new IllegalStateException("Chromium sent no JSON", e);
        }
    }

    ObjectNode parameters() {
        return json.createObjectNode();
    }

    /** Calls a method and waits for its result. @throws IOException when Chromium says it failed */
    JsonNode call(String method, ObjectNode parameters) throws IOException {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        ObjectNode request = json.createObjectNode().put("id", id).put("method", method);
        request.set("params", parameters);
        await(socket.sendText(request.toString(), true), method);
        JsonNode node = await(answer, method);
        if (node.has("error")) {
            throw new IOException(method + " failed: " + node.get("error"));
        }
        return node.path("result");
    }

    private static <T> T await(CompletableFuture<T> future, String what) throws IOException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(what + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(what + ": no answer in " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(what + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
