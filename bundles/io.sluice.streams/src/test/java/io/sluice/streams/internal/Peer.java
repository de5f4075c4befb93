package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.sluice.api.net.Account;
import io.sluice.api.net.Connection;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A connection without a socket, on a real event loop. */
final class Peer implements Connection {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final EventLoop loop;
    private final List<Runnable> ends = new ArrayList<>();
    private final List<Runnable> closings = new ArrayList<>();
    final List<String> complaints = new CopyOnWriteArrayList<>();
    volatile String closed;
    volatile Account account;

    Peer(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop eventLoop() {
        return loop;
    }

    /** Runs it on the loop and waits. */
    <T> T call(Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    <T> CompletableFuture<T> ask(Callable<CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        call(() -> question.call().whenComplete((v, no) -> {
            if (!loop.inEventLoop()) {
                answer.completeExceptionally(new AssertionError("answered on " + Thread.currentThread()));
            } else if (no != null) {
                answer.completeExceptionally(no);
            } else {
                answer.complete(v);
            }
        }));
        return answer;
    }

    void end() {
        run(() -> {
            ends.forEach(Runnable::run);
            closings.forEach(Runnable::run);
        });
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress("127.0.0.1", 40_000 + (int) id);
    }

    @Override
    public InetSocketAddress local() {
        return new InetSocketAddress("127.0.0.1", 1935);
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public Executor loop() {
        return task -> loop.execute(task); // another object for each caller, as a connection may have it
    }

    @Override
    public void write(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void reading(boolean on) {
        // nothing is read here
    }

    @Override
    public AutoCloseable schedule(long delayNanos, Runnable task) {
        var scheduled = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void describe(String role, String stream) {
        // nobody looks
    }

    @Override
    public void onEnd(Runnable task) {
        ends.add(task);
    }

    @Override
    public void onClosed(Runnable task) {
        closings.add(task);
    }

    @Override
    public void account(Account next) {
        account = next;
    }

    @Override
    public void complain(String fault) {
        complaints.add(fault);
    }

    @Override
    public void close(String reason) {
        closed = reason;
    }
}
