package io.sluice.admin.player.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpBody;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.WebSocket;
import io.sluice.api.net.WebSocketHandler;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One request and what was answered. */
final class Visit implements HttpExchange {
    final Map<String, String> requestHeaders = new HashMap<>();
    final Map<String, String> queries = new HashMap<>();
    int status;
    Map<String, String> headers;
    String body;
    private final String method;
    private final String path;

    Visit(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static Visit get(PlayerRoute route, String path) {
        Visit visit = new Visit("GET", path);
        route.serve(visit);
        return visit;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query(String name) {
        return queries.get(name);
    }

    @Override
    public String header(String name) {
        return requestHeaders.get(name);
    }

    @Override
    public String origin() {
        return "http://localhost:8080";
    }

    @Override
    public void answer(int code, Map<String, String> answered, ByteBuf bytes) {
        status = code;
        headers = answered;
        body = bytes.toString(StandardCharsets.UTF_8);
        bytes.release();
    }

    @Override
    public Connection connection() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> parameters() {
        return queries;
    }

    @Override
    public InetAddress remote() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void addHeader(String name, String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String rawQuery() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void body(int maxBytes, Consumer<ByteBuf> whole) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpBody stream(int code, Map<String, String> answered) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WebSocket webSocket(WebSocketHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onEnd(Runnable task) {
        throw new UnsupportedOperationException();
    }
}
