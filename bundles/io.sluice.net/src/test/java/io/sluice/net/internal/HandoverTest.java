package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.Protocol;
import io.sluice.net.internal.FakePlugins.Version;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private final Rig rig = new Rig();
    private final LineProtocol a = new LineProtocol("a");
    private final LineProtocol b = new LineProtocol("b");
    private final Version<Protocol> versionA = rig.elect(a, "echo", "echo 1");
    private final int port = rig.port(false, "echo");

    @AfterEach
    void stop() {
        rig.close();
    }

    private Version<Protocol> elect(LineProtocol protocol) {
        return rig.elect(protocol, "echo", "echo " + protocol.version);
    }

    @Test
    void aHalfReadMessageIsFinishedByTheNextVersion() throws Exception {
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 Eins", c.send("Eins\nEzw").line());
            Rig.until("the rest is in", () -> rig.net.list().get(0).bytesIn() == 8);
            Version<Protocol> versionB = elect(b);
            Rig.until("it has moved", () -> rig.net.list().get(0).handovers() == 1);
            assertEquals("b 2 Ezwei", c.send("ei\n").line());
            assertEquals(0, versionA.uses().get());
            assertEquals(1, versionB.uses().get());
            assertEquals(0, a.closed.get());
            int ticks = a.ticks.get();
            Rig.until("the new version's own schedules run", () -> b.ticks.get() > 20);
            assertEquals(ticks, a.ticks.get());
        }
        Rig.until("it ends on the new version", () -> b.closed.get() == 1);
        assertEquals(0, a.closed.get());
    }

    @Test
    void wholeMessagesLeftBehindAreShownToTheNextVersionAtOnce() throws Exception {
        LineProtocol lazy = new LineProtocol("lazy");
        Protocol deaf = new Protocol() {
            @Override
            public Match match(io.netty.buffer.ByteBuf first) {
                return lazy.match(first);
            }

            @Override
            public io.sluice.api.net.ConnectionHandler open(io.sluice.api.net.Connection connection) {
                return new io.sluice.api.net.ConnectionHandler() {
                    @Override
                    public void received(io.netty.buffer.ByteBuf in) {
                    }

                    @Override
                    public void writable() {
                    }

                    @Override
                    public void closed() {
                    }

                    @Override
                    public io.sluice.api.net.Snapshot snapshot() {
                        return io.sluice.api.net.Snapshot.of(1).put("count", 41).build();
                    }
                };
            }
        };
        rig.elect(deaf, "echo", "echo deaf");
        try (Client c = Rig.connect(port)) {
            c.send("E\n");
            Rig.until("it is in", () -> rig.net.list().size() == 1 && rig.net.list().get(0).bytesIn() == 2);
            elect(b);
            assertEquals("b 42 E", c.line());
            Rig.until("the handler heard that it can write", () -> b.wakes.get() == 1);
        }
    }

    @Test
    void noLineIsLostOrRepeatedWhileVersionsChangeUnderLoad() throws Exception {
        int lines = 40_000;
        Semaphore ahead = new Semaphore(500);
        try (Client c = Rig.connect(port)) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 1; i <= lines; i++) {
                        ahead.acquireUninterruptibly();
                        c.send("E" + i).send("\n");
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            int byB = 0;
            for (int i = 1; i <= lines; i++) {
                if (i % 2000 == 0) {
                    elect(i % 4000 == 0 ? a : b);
                }
                String[] line = c.line().split(" ");
                ahead.release();
                assertEquals(i + " E" + i, line[1] + " " + line[2]);
                byB += line[0].equals("b") ? 1 : 0;
            }
            sender.join();
            assertTrue(byB > 0 && byB < lines, "both versions answered: " + byB);
            assertTrue(rig.net.list().get(0).handovers() >= 10, "handed over " + rig.net.list().get(0).handovers());
        }
    }

    @Test
    void aResumeThatThrowsLeavesTheOldVersionWorkingWithItsSchedules() throws Exception {
        b.resumeFails = new IllegalArgumentException("schema 1 is too old");
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            Version<Protocol> versionB = elect(b);
            Rig.until("it was tried", () -> versionB.uses().get() == 0 && a.asked.get() == 1);
            assertEquals("a 2 E", c.send("E\n").line());
            int ticks = a.ticks.get();
            Rig.until("the old schedules go on", () -> a.ticks.get() > ticks);
            assertEquals(0, b.ticks.get());
            try (Client fresh = Rig.connect(port)) {
                assertEquals("b 1 E", fresh.send("E\n").line());
            }
            b.resumeFails = null;
            LineProtocol third = new LineProtocol("c");
            elect(third);
            Rig.until("the next election tries again", () -> versionA.uses().get() == 0);
            assertEquals("c 3 E", c.send("E\n").line());
        }
    }

    @Test
    void whatCannotMoveYetIsAskedAgainAndHoldsNobodyUp() throws Exception {
        a.movable.set(false);
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            elect(b);
            Rig.until("it was asked twice", () -> a.asked.get() >= 2);
            assertEquals("a 2 E", c.send("E\n").line());
            a.movable.set(true);
            Rig.until("it has moved", () -> rig.net.list().get(0).handovers() == 1);
            assertEquals("b 3 E", c.send("E\n").line());
        }
    }

    @Test
    void theLatestElectionWinsWhileOneIsRunning() throws Exception {
        a.movable.set(false);
        LineProtocol third = new LineProtocol("c");
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            elect(b);
            elect(third);
            a.movable.set(true);
            Rig.until("it has moved", () -> rig.net.list().get(0).handovers() == 1);
            assertEquals("c 2 E", c.send("E\n").line());
            assertEquals(0, b.ticks.get());
        }
    }

    @Test
    void afterTheDrainTimeItStaysOnTheOldVersion() throws Exception {
        a.movable.set(false);
        try (Rig quick = new Rig(Transport.nio(), 1 << 20, 100, java.nio.file.Path.of("target"), io.netty.handler.ssl.SslProvider.JDK)) {
            quick.elect(a, "echo", "echo 1");
            try (Client c = Rig.connect(quick.port(false, "echo"))) {
                assertEquals("a 1 E", c.send("E\n").line());
                Version<Protocol> versionB = quick.elect(b, "echo", "echo 2");
                Rig.until("it was asked a few times", () -> a.asked.get() >= 3);
                assertEquals("a 2 E", c.send("E\n").line());
                assertEquals(0, versionB.uses().get());
            }
        }
    }
}
