package io.sluice.target.ts.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Account;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.DialRequest;
import io.sluice.api.net.Dialer;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A dialer whose one connection the test holds the other end of. The real one is tried in the integration tests. */
final class Line implements Dialer, Connection {
    private final ScheduledExecutorService loop;
    final ByteBuf received = Unpooled.buffer();
    private String refusal = "";
    private boolean open = true;
    private ConnectionHandler handler;
    private Runnable onClosed = () -> { };
    private Account account;
    volatile String closed;

    Line(ScheduledExecutorService loop) {
        this.loop = loop;
    }

    Line refusing(String why) {
        refusal = why;
        return this;
    }

    void window(boolean now) {
        loop.execute(() -> {
            open = now;
            if (now && handler != null) {
                handler.writable();
            }
        });
    }

    void hangUp() {
        loop.execute(() -> handler.closed());
    }

    @Override
    public CompletionStage<Connection> dial(DialRequest request, Function<Connection, ConnectionHandler> opens) {
        if (!refusal.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException(refusal));
        }
        account = request.account();
        handler = opens.apply(this);
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void write(ByteBuf bytes) {
        account.out(bytes.readableBytes());
        received.writeBytes(bytes);
        bytes.release();
    }

    @Override
    public boolean writable() {
        return open;
    }

    @Override
    public AutoCloseable schedule(long delayNanos, Runnable task) {
        ScheduledFuture<?> timer = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public void onClosed(Runnable task) {
        onClosed = task;
    }

    @Override
    public void close(String reason) {
        closed = reason;
        onClosed.run();
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void describe(String role, String stream) {
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public InetSocketAddress remote() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InetSocketAddress local() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public void reading(boolean on) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onEnd(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void account(Account now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void complain(String fault) {
        throw new UnsupportedOperationException();
    }
}
