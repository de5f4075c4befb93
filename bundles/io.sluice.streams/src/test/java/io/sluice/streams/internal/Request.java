package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpBody;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.WebSocket;
import io.sluice.api.net.WebSocketHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A request without a socket, on its peer's loop. */
final class Request implements HttpExchange {
    final Map<String, String> headers = new HashMap<>();
    final List<String> added = new ArrayList<>();
    private final Peer peer;
    private final String path;
    private final String query;
    private final List<Runnable> ends = new ArrayList<>();
    String address = "127.0.0.1";

    /** @param target path and query */
    Request(Peer peer, String target) {
        this.peer = peer;
        int question = target.indexOf('?');
        path = question < 0 ? target : target.substring(0, question);
        query = question < 0 ? "" : target.substring(question + 1);
    }

    /** The answer is complete. */
    void end() {
        peer.run(() -> {
            List.copyOf(ends).forEach(Runnable::run);
            ends.clear();
        });
    }

    @Override
    public Connection connection() {
        return peer;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query(String name) {
        return parameters().get(name);
    }

    @Override
    public Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            all.putIfAbsent(pair.replaceFirst("=.*", ""), pair.replaceFirst(".*?=", ""));
        }
        return all;
    }

    @Override
    public String rawQuery() {
        return query;
    }

    @Override
    public String header(String name) {
        return headers.get(name);
    }

    @Override
    public InetAddress remote() {
        return new InetSocketAddress(address, 0).getAddress();
    }

    @Override
    public void addHeader(String name, String value) {
        added.add(name + ": " + value);
    }

    @Override
    public String origin() {
        return "http://host";
    }

    @Override
    public void body(int maxBytes, Consumer<ByteBuf> whole) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void answer(int status, Map<String, String> given, ByteBuf body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpBody stream(int status, Map<String, String> given) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WebSocket webSocket(WebSocketHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onEnd(Runnable task) {
        ends.add(task);
    }
}
