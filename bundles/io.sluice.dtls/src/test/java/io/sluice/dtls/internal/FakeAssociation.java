package io.sluice.dtls.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.sluice.api.net.Account;
import io.sluice.api.net.Association;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** An association on a loop of its own, whose peer is a function. */
final class FakeAssociation implements Association, AutoCloseable {
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final List<Runnable> ends = new ArrayList<>();
    private final Consumer<byte[]> peer;

    FakeAssociation(Consumer<byte[]> peer) {
        this.peer = peer;
    }

    @Override
    public void write(ByteBuf bytes) {
        peer.accept(ByteBufUtil.getBytes(bytes));
        bytes.release();
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void onEnd(Runnable task) {
        ends.add(task);
    }

    void end() {
        loop.execute(() -> ends.forEach(Runnable::run));
    }

    @Override
    public void close() {
        loop.shutdown();
    }

    @Override
    public String key() {
        return "";
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress("127.0.0.1", 1);
    }

    @Override
    public InetSocketAddress local() {
        return remote();
    }

    @Override
    public void send(ByteBuf datagrams, int segmentBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void answer(ByteBuf datagram) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void reading(boolean on) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AutoCloseable schedule(long delayNanos, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void describe(String role, String stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onClosed(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void account(Account account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void complain(String fault) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(String reason) {
        end();
    }
}
