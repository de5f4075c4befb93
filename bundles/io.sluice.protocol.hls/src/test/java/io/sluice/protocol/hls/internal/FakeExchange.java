package io.sluice.protocol.hls.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpBody;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.WebSocket;
import io.sluice.api.net.WebSocketHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One request and what was answered; the answer's body is released as the wire would. */
final class FakeExchange implements HttpExchange {
    private final String method;
    private final String path;
    final List<Runnable> timers = new ArrayList<>();
    final Connection connection = (Connection) Proxy.newProxyInstance(FakeExchange.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, m, args) -> {
        if (m.getName().equals("schedule")) {
            timers.add((Runnable) args[1]);
            return (AutoCloseable) () -> timers.remove(args[1]);
        }
        return m.getReturnType() == long.class ? 7L : null;
    });
    private Runnable onEnd = () -> { };
    final Map<String, String> added = new HashMap<>();
    int status;
    Map<String, String> headers;
    String body;
    int bytes;

    FakeExchange(String method, String path) {
        this.method = method;
        this.path = path;
    }

    void leave() {
        onEnd.run();
    }

    @Override
    public void answer(int status, Map<String, String> headers, ByteBuf body) {
        assertEquals(0, this.status, "answered once");
        this.status = status;
        this.headers = headers;
        this.body = body.toString(StandardCharsets.UTF_8);
        this.bytes = body.readableBytes();
        body.skipBytes(bytes);
        body.release();
        onEnd.run();
    }

    @Override
    public Connection connection() {
        return connection;
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
        return null;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of();
    }

    @Override
    public InetAddress remote() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void addHeader(String name, String value) {
        added.put(name, value);
    }

    @Override
    public String rawQuery() {
        return "";
    }

    @Override
    public String header(String name) {
        return null;
    }

    @Override
    public String origin() {
        return "http://localhost";
    }

    @Override
    public void body(int maxBytes, Consumer<ByteBuf> whole) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpBody stream(int status, Map<String, String> headers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WebSocket webSocket(WebSocketHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onEnd(Runnable task) {
        onEnd = task;
    }
}
