package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds are made by hand: nothing here waits for time to pass. */
class LoopWatchTest {
    private final EventLoops loops = new EventLoops(Transport.best(), 2, 4);
    private final EventLoop loop = loops.all().iterator().next();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream log = new PrintStream(said, true, StandardCharsets.UTF_8);
    private final LoopWatch watch = new LoopWatch(List.of(loop), now::get, this::say);
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void stop() {
        over.countDown();
        loops.stop();
    }

    /** As a plugin would, on the loop. */
    private void block() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        loop.execute(() -> {
            begun.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        Rig.until("it waits", () -> watchedState() == Thread.State.WAITING);
    }

    private void say(String line, Throwable where) {
        log.println(line);
        if (where != null) {
            where.printStackTrace(log);
        }
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            now.addAndGet(200_000_000);
            watch.round();
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void oneThatStandsIsNamedOnceWithWhereItIs() throws Exception {
        block();
        rounds(3);
        assertEquals("", said());
        assertFalse(watch.stands(loop));
        rounds(1);
        assertTrue(said().matches("(?s)sluice-loop-\\d+ has not run for 0\\.6 s: .* until java\\..*"), this::said);
        assertTrue(said().contains(LoopWatchTest.class.getName() + ".lambda$block"), this::said);
        assertTrue(watch.stands(loop));
        String once = said();
        rounds(20);
        assertEquals(once, said());
    }

    @Test
    void oneThatMayLackAProcessorIsGivenMoreTime() throws Exception {
        try (ServerSocketChannel nobodyConnects = ServerSocketChannel.open().bind(null)) {
            CountDownLatch begun = new CountDownLatch(1);
            loop.execute(() -> {
                begun.countDown();
                try {
                    nobodyConnects.accept();
                } catch (IOException e) {
                    // closed: over
                }
            });
            begun.await();
            rounds(1);
            Rig.until("it is in native code", () -> watchedState() == Thread.State.RUNNABLE);
            rounds(14);
            assertEquals("", said());
            rounds(1);
            assertTrue(said().contains("has not run for 3.0 s"), this::said);
        }
    }

    private Thread.State watchedState() {
        return ((SingleThreadEventExecutor) loop).threadProperties().state();
    }

    @Test
    void itsReturnIsSaid() throws Exception {
        block();
        rounds(8);
        over.countDown();
        Rig.until("it answers", () -> {
            rounds(1);
            return !watch.stands(loop);
        });
        assertTrue(said().matches("(?s).*sluice-loop-\\d+ runs again after [\\d.]+ s\\R"), this::said);
    }

    @Test
    void oneThatRunsIsNotMentioned() {
        for (int i = 0; i < 20; i++) {
            rounds(1);
            loops.settle(10_000);
        }
        assertEquals("", said());
    }

    @Test
    void theInnermostForeignCodeIsBlamed() {
        StackTraceElement park = new StackTraceElement("jdk.internal.misc.Unsafe", "park", "Unsafe.java", -2);
        StackTraceElement plugin = new StackTraceElement("org.example.Plugin", "serve", "Plugin.java", 7);
        StackTraceElement core = new StackTraceElement("io.sluice.net.internal.Wire", "channelRead", "Wire.java", 70);
        assertEquals("org.example.Plugin.serve(Plugin.java:7)", LoopWatch.blamed(new StackTraceElement[] {park, plugin, core}));
        assertEquals(park.toString(), LoopWatch.blamed(new StackTraceElement[] {park, core}));
    }

    @Test
    void newcomersGoToLoopsThatRun() throws Exception {
        block();
        Rig.until("the loops' own watch has noticed", () -> loops.group().next() != loop && loops.group().next() != loop && loops.group().next() != loop);
        for (int i = 0; i < 10; i++) {
            assertNotSame(loop, loops.group().next());
        }
    }
}
