package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Connections.Info;
import io.sluice.net.internal.FakePlugins.Version;
import io.sluice.api.net.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A protocol's bundle stops, and its connections wait for a version that goes on. */
class ParkingTest {
    private static final int UNDECODED = 64 << 10;
    private final Rig rig = Rig.parking(8000, UNDECODED);
    private final LineProtocol a = new LineProtocol("a");
    private final LineProtocol b = new LineProtocol("b");
    private final int port = rig.port(false, "echo");

    @AfterEach
    void stop() {
        rig.close();
    }

    private Version<Protocol> elect(LineProtocol protocol) {
        return rig.elect(protocol, "echo", "echo " + protocol.version);
    }

    private Info only() {
        return rig.net.list().get(0);
    }

    private boolean parked() {
        return rig.net.list().stream().allMatch(i -> i.plugin().equals("parked"));
    }

    @Test
    void noLineIsLostOrRepeatedWhileVersionsStopAndStartUnderLoad() throws Exception {
        elect(a);
        int lines = 40_000;
        Semaphore ahead = new Semaphore(500);
        try (Client c = Rig.connect(port)) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sendLines(c, lines, ahead));
            for (int i = 1; i <= lines; i++) {
                if (i % 2000 == 0) {
                    rig.stop("echo");
                    assertEquals("parked", only().plugin());
                    elect(i % 4000 == 0 ? a : b);
                }
                String[] line = c.line().split(" ");
                ahead.release();
                assertEquals(i + " E" + i, line[1] + " " + line[2]);
            }
            sender.join();
            Rig.until("it went on twenty times", () -> only().handovers() == 20);
        }
    }

    private static void sendLines(Client c, int lines, Semaphore ahead) {
        try {
            for (int i = 1; i <= lines; i++) {
                ahead.acquireUninterruptibly();
                c.send("E" + i).send("\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theVersionIsLetGoAndItsLateWritesAreReleased() throws Exception {
        Version<Protocol> versionA = elect(a);
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            rig.stop("echo");
            assertEquals("parked", only().plugin());
            assertEquals("echo", only().protocol());
            assertEquals(0, versionA.uses().get());
            Connection old = a.connections.get(0);
            ByteBuf late = Unpooled.copiedBuffer("late\n", StandardCharsets.UTF_8);
            CompletableFuture<Boolean> writable = new CompletableFuture<>();
            CompletableFuture<Void> scheduled = new CompletableFuture<>();
            old.loop().execute(() -> {
                writable.complete(old.writable());
                old.write(late);
                old.reading(true);
                old.describe("late", "late");
                old.schedule(0, () -> scheduled.complete(null));
            });
            assertFalse(writable.get());
            Rig.until("it is released", () -> late.refCnt() == 0);
            int ticks = a.ticks.get();
            c.send("E\n");
            elect(b);
            assertEquals("b 2 E", c.line());
            assertEquals("", only().role());
            assertFalse(scheduled.isDone());
            assertEquals(ticks, a.ticks.get());
            assertEquals(0, a.closed.get());
        }
        Rig.until("it ends on the version that went on", () -> b.closed.get() == 1);
    }

    @Test
    void nothingIsReadMeanwhileAndAllOfItLater() throws Exception {
        elect(a);
        int lines = 200;
        String text = "E".repeat(999);
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            rig.stop("echo");
            c.send((text + "\n").repeat(lines));
            turnLoop();
            assertEquals(2, only().bytesIn());
            elect(b);
            for (int i = 1; i <= lines; i++) {
                assertEquals("b " + (i + 1) + " " + text, c.line());
            }
        }
    }

    /** What was there to be read before has been read after it, if anything is. */
    private void turnLoop() throws Exception {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Void> turned = new CompletableFuture<>();
            a.connections.get(0).loop().execute(() -> turned.complete(null));
            turned.get();
        }
    }

    @Test
    void afterTheParkTimeTheyAreClosed() throws Exception {
        try (Rig quick = Rig.parking(200, UNDECODED)) {
            quick.elect(a, "echo", "echo a");
            try (Client c = Rig.connect(quick.port(false, "echo"))) {
                assertEquals("a 1 E", c.send("E\n").line());
                quick.stop("echo");
                assertEquals("parked", quick.net.list().get(0).plugin());
                assertTrue(c.ended());
                assertEquals(0, a.closed.get());
            }
            Rig.until("it is gone", () -> quick.net.list().isEmpty());
        }
    }

    @Test
    void aParkTimeOfZeroClosesAtOnce() throws Exception {
        try (Rig strict = Rig.parking(0, UNDECODED)) {
            strict.elect(a, "echo", "echo a");
            try (Client c = Rig.connect(strict.port(false, "echo"))) {
                assertEquals("a 1 E", c.send("E\n").line());
                strict.stop("echo");
                assertTrue(c.ended());
                assertEquals(1, a.closed.get());
            }
        }
    }

    @Test
    void whatCannotBeParkedYetIsAskedAgainAndClosedInTheEnd() throws Exception {
        Version<Protocol> versionA = elect(a);
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            a.movable.set(false);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> rig.stop("echo"));
            Rig.until("it was asked twice", () -> a.asked.get() >= 2);
            a.movable.set(true);
            stopping.join();
            assertEquals("parked", only().plugin());
            elect(a);
            assertEquals("a 2 E", c.send("E\n").line());
            a.movable.set(false);
            rig.stop("echo");
            assertEquals(1, a.closed.get());
            assertEquals(0, versionA.uses().get());
            assertTrue(c.ended());
        }
    }

    @Test
    void aResumeThatThrowsClosesThatConnectionWithNothingOfItsAnswer() throws Exception {
        elect(a);
        b.resumeFails = new IllegalArgumentException("schema 1 is too old");
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            rig.stop("echo");
            Version<Protocol> versionB = elect(b);
            assertTrue(c.ended());
            assertEquals(0, versionB.uses().get());
            assertEquals(0, a.closed.get() + b.closed.get());
        }
    }

    @Test
    void aPeerThatLeavesMeanwhileIsForgotten() throws Exception {
        elect(a);
        AtomicBoolean told = new AtomicBoolean();
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            rig.stop("echo");
            a.connections.get(0).loop().execute(() -> a.connections.get(0).onEnd(() -> told.set(true)));
        }
        elect(b);
        Rig.until("it is gone", () -> rig.net.list().isEmpty());
        Rig.until("the core's own bookkeeping is told", told::get);
        assertEquals(0, a.closed.get());
    }

    @Test
    void aStopByAnEventLoopWaitsForNobody() throws Exception {
        elect(a);
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            CompletableFuture<Long> held = new CompletableFuture<>();
            a.connections.get(0).loop().execute(() -> {
                long since = System.nanoTime();
                rig.stop("echo");
                held.complete(System.nanoTime() - since);
            });
            assertTrue(held.get() < TimeUnit.MILLISECONDS.toNanos(Parking.HOLD_MILLIS));
            Rig.until("it is parked", this::parked);
            elect(b);
            assertEquals("b 2 E", c.send("E\n").line());
        }
    }

    @Test
    void aBusyLoopHoldsTheStopForALimitedTimeAndIsParkedLater() throws Exception {
        elect(a);
        try (Client c = Rig.connect(port)) {
            assertEquals("a 1 E", c.send("E\n").line());
            CountDownLatch busy = new CountDownLatch(1);
            a.connections.get(0).loop().execute(() -> awaitQuietly(busy));
            long since = System.nanoTime();
            rig.stop("echo");
            long held = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
            assertTrue(held >= Parking.HOLD_MILLIS - 100 && held < 2 * Parking.HOLD_MILLIS, "held for " + held + " ms");
            assertEquals("echo a", only().plugin());
            busy.countDown();
            Rig.until("it is parked", this::parked);
            elect(b);
            assertEquals("b 2 E", c.send("E\n").line());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aParkedConnectionDoesNotKeepTheVersionsObjects() throws Exception {
        try (Client c = Rig.connect(port)) {
            WeakReference<LineProtocol> gone = spokenAndStopped(c);
            Rig.until("the version is collected", () -> {
                System.gc();
                return gone.get() == null;
            });
            assertTrue(parked());
            elect(b);
            assertEquals("b 2 E", c.send("E\n").line());
        }
    }

    private WeakReference<LineProtocol> spokenAndStopped(Client c) throws IOException {
        LineProtocol once = new LineProtocol("once");
        elect(once);
        assertEquals("once 1 E", c.send("E\n").line());
        rig.stop("echo");
        return new WeakReference<>(once);
    }

    @Test
    void loopsAreTheSameForAllTheirConnections() throws Exception {
        elect(a);
        Client[] clients = new Client[6];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = Rig.connect(port);
            assertEquals("a 1 E", clients[i].send("E\n").line());
        }
        assertEquals(2, a.connections.stream().map(Connection::loop).distinct().count());
        for (Client c : clients) {
            c.close();
        }
    }
}
