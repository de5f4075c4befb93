package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each line with "version count line"; the count goes on from version to version. */
final class LineProtocol implements Protocol {
    final String version;
    final char first;
    final AtomicBoolean movable = new AtomicBoolean(true);
    final AtomicInteger ticks = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger wakes = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    /** Each connection that this version came to speak on. */
    final List<Connection> connections = new CopyOnWriteArrayList<>();
    volatile RuntimeException resumeFails;

    LineProtocol(String version) {
        this(version, 'E');
    }

    LineProtocol(String version, char first) {
        this.version = version;
        this.first = first;
    }

    @Override
    public Match match(ByteBuf bytes) {
        return bytes.getByte(bytes.readerIndex()) == first ? Match.YES : Match.NO;
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return new Handler(connection, 0);
    }

    @Override
    public ConnectionHandler resume(Connection connection, Snapshot snapshot) {
        Handler handler = new Handler(connection, snapshot.number("count"));
        if (resumeFails != null) {
            connection.write(Unpooled.copiedBuffer("half-way\n", StandardCharsets.UTF_8));
            throw resumeFails;
        }
        return handler;
    }

    private final class Handler implements ConnectionHandler {
        private final Connection connection;
        private long count;

        Handler(Connection connection, long count) {
            this.connection = connection;
            connections.add(connection);
            this.count = count;
            tick();
        }

        private void tick() {
            connection.schedule(1_000_000, () -> {
                ticks.incrementAndGet();
                tick();
            });
        }

        @Override
        public void received(ByteBuf in) {
            for (int n = in.bytesBefore((byte) '\n'); n >= 0; n = in.bytesBefore((byte) '\n')) {
                String line = in.readCharSequence(n, StandardCharsets.UTF_8).toString();
                in.skipBytes(1);
                connection.write(Unpooled.copiedBuffer(version + " " + ++count + " " + line + "\n", StandardCharsets.UTF_8));
            }
        }

        @Override
        public void writable() {
            wakes.incrementAndGet();
        }

        @Override
        public void closed() {
            closed.incrementAndGet();
        }

        @Override
        public Snapshot snapshot() {
            asked.incrementAndGet();
            return movable.get() ? Snapshot.of(1).put("count", count).build() : null;
        }
    }
}
