package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackpressureTest {
    private final Rig rig = new Rig();
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private Consumer<ByteBuf> onBytes = in -> in.skipBytes(in.readableBytes());
    private Runnable onWritable = () -> { };

    @AfterEach
    void stop() {
        rig.close();
    }

    private Client start() throws Exception {
        rig.elect(new Protocol() {
            @Override
            public Match match(ByteBuf first) {
                return Match.YES;
            }

            @Override
            public ConnectionHandler open(Connection connection) {
                opened.complete(connection);
                return handler();
            }
        }, "raw", "raw 1");
        return Rig.connect(rig.port(false, "raw")).send("x");
    }

    private ConnectionHandler handler() {
        return new ConnectionHandler() {
            @Override
            public void received(ByteBuf in) {
                received.addAndGet(in.readableBytes());
                onBytes.accept(in);
            }

            @Override
            public void writable() {
                wakes.incrementAndGet();
                onWritable.run();
            }

            @Override
            public void closed() {
            }
        };
    }

    private static ByteBuf bytes(int n) {
        return Unpooled.wrappedBuffer(new byte[n]);
    }

    private static <T> T onLoop(Connection c, java.util.concurrent.Callable<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        c.loop().execute(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.join();
    }

    @RepeatedTest(20)
    void aSlowPeerMakesTheConnectionUnwritableUntilItReads() throws Exception {
        try (Client client = start()) {
            Connection c = opened.get();
            int[] sent = new int[1];
            onWritable = () -> {
                while (c.writable() && sent[0] < 20_000_000) {
                    c.write(bytes(10_000));
                    sent[0] += 10_000;
                }
            };
            c.loop().execute(onWritable);
            Rig.until("the socket is full", () -> onLoop(c, () -> !c.writable() && rig.net.list().get(0).bytesOut() > 0));
            int before = onLoop(c, () -> sent[0]);
            assertTrue(before < 20_000_000, "stopped at " + before);
            assertEquals(20_000_000, client.read(20_000_000).length);
            assertTrue(wakes.get() > 0);
            Rig.until("all is counted", () -> rig.net.list().get(0).bytesOut() == 20_000_000);
        }
    }

    @Test
    void oneWriteAboveTheHighWaterMarkIsNotWritableBeforeTheFlushAndWakesAfterIt() throws Exception {
        try (Client client = start()) {
            Connection c = opened.get();
            assertFalse(onLoop(c, () -> {
                c.write(bytes(70 << 10));
                return c.writable();
            }));
            client.read(70 << 10);
            Rig.until("it wakes once", () -> wakes.get() == 1);
        }
    }

    @Test
    void manyWritesOfOneEventAreFlushedOnce() throws Exception {
        try (Client client = start()) {
            Connection c = opened.get();
            AtomicInteger flushes = new AtomicInteger();
            ((NetConnection) c).channel().pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void flush(ChannelHandlerContext ctx) {
                    flushes.incrementAndGet();
                    ctx.flush();
                }
            });
            onLoop(c, () -> {
                for (int i = 0; i < 100; i++) {
                    c.write(bytes(10));
                }
                return null;
            });
            assertEquals(1000, client.read(1000).length);
            assertEquals(1, flushes.get());
            onBytes = in -> {
                in.skipBytes(in.readableBytes());
                c.write(bytes(5));
                c.write(bytes(5));
            };
            client.send("y").read(10);
            assertEquals(2, flushes.get());
        }
    }

    @Test
    void readingOffKeepsBytesFromTheHandlerUntilItIsOnAgain() throws Exception {
        try (Client client = start()) {
            Connection c = opened.get();
            Rig.until("the first byte is read", () -> received.get() == 1);
            onLoop(c, () -> {
                c.reading(false);
                return null;
            });
            client.send("abc");
            onLoop(c, () -> null);
            assertEquals(1, received.get());
            onLoop(c, () -> {
                c.reading(true);
                return null;
            });
            Rig.until("the rest is read", () -> received.get() == 4);
        }
    }

    @Test
    void closeSendsWhatWasWrittenAndRunsTheEndTasksOnce() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        try (Client client = start()) {
            Connection c = opened.get();
            onLoop(c, () -> {
                c.onEnd(ends::incrementAndGet);
                c.write(Unpooled.copiedBuffer("bye\n", StandardCharsets.UTF_8));
                c.close("tested");
                c.write(bytes(10));
                return null;
            });
            assertEquals("bye", client.line());
            assertTrue(client.ended());
        }
        Rig.until("it is gone", () -> rig.net.list().isEmpty());
        assertEquals(1, ends.get());
    }

    @Test
    void aProtocolExceptionEndsTheConnection() throws Exception {
        onBytes = in -> {
            throw new ProtocolException("wanted 7, got 8");
        };
        try (Client client = start()) {
            assertTrue(client.ended());
        }
    }

    @Test
    void aPluginsOwnExceptionEndsTheConnectionToo() throws Exception {
        onBytes = in -> in.skipBytes(1000);
        try (Client client = start()) {
            assertTrue(client.ended());
        }
    }
}
