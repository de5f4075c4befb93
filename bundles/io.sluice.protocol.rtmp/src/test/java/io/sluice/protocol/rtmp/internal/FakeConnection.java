package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Account;
import io.sluice.api.net.Connection;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** A connection without a network: what is written is kept, and time passes when the test says so. */
class FakeConnection implements Connection, LongSupplier {
    private record Timer(long atNanos, Runnable task) {
    }

    final ByteBuf sent = Unpooled.buffer();
    String role = "";
    String stream = "";
    String closedBecause;
    boolean writable = true;
    boolean reading = true;
    int writes;
    private final List<Timer> timers = new ArrayList<>();
    private long nowNanos = 1_000_000_000L;

    /** Runs what falls due on the way. */
    void pass(long nanos) {
        long end = nowNanos + nanos;
        while (true) {
            Timer next = timers.stream().filter(t -> t.atNanos <= end).min(Comparator.comparingLong(Timer::atNanos)).orElse(null);
            if (next == null) {
                nowNanos = end;
                return;
            }
            timers.remove(next);
            nowNanos = Math.max(nowNanos, next.atNanos);
            next.task.run();
        }
    }

    /** As the core does in a hand-over. */
    void forgetTimers() {
        timers.clear();
    }

    @Override
    public long getAsLong() {
        return nowNanos;
    }

    @Override
    public long id() {
        return 12;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress("127.0.0.1", 51234);
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
        return Runnable::run;
    }

    @Override
    public void write(ByteBuf bytes) {
        writes++;
        sent.writeBytes(bytes);
        bytes.release();
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void reading(boolean on) {
        reading = on;
    }

    @Override
    public AutoCloseable schedule(long delayNanos, Runnable task) {
        Timer timer = new Timer(nowNanos + delayNanos, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public void describe(String newRole, String newStream) {
        role = newRole;
        stream = newStream;
    }

    @Override
    public void onEnd(Runnable task) {
        // the fake never ends by itself
    }

    @Override
    public void onClosed(Runnable task) {
        // nor is it ever closed
    }

    @Override
    public void account(Account account) {
        // nobody counts
    }

    @Override
    public void complain(String fault) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(String reason) {
        closedBecause = closedBecause == null ? reason : closedBecause;
    }
}
