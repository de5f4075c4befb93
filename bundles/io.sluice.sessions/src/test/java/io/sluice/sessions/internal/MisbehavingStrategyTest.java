package io.sluice.sessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.Identity;
import io.sluice.api.session.SessionStrategy;
import io.sluice.api.stream.Denied;
import io.sluice.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MisbehavingStrategyTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void strategy(SessionStrategy strategy) {
        rig.plugins.elect(SessionStrategy.class, "bad", "bad 1.0.0", strategy);
        rig.settings = Rig.settings("bad", List.of("stream", "address", "token"), "");
        rig.start();
    }

    private void plainFieldsCount() {
        Guest a = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        Guest b = rig.viewer("live", "10.0.0.1", "hls", 2, "a");
        Guest c = rig.viewer("live", "10.0.0.1", "hls", 3, "c");
        assertEquals(a.session, b.session);
        assertTrue(!a.session.equals(c.session));
    }

    @Test
    void oneThatThrowsIsReplacedByPlainFields() {
        strategy((facts, fields) -> {
            throw new IllegalStateException("broken");
        });
        plainFieldsCount();
    }

    @Test
    void oneThatThrowsAnErrorIsReplacedByPlainFields() {
        strategy((facts, fields) -> {
            throw new NoClassDefFoundError("gone");
        });
        plainFieldsCount();
    }

    @Test
    void oneThatAnswersNothingIsReplacedByPlainFields() {
        strategy((facts, fields) -> null);
        plainFieldsCount();
    }

    @Test
    void oneThatAnswersAMegabyteIsReplacedByPlainFields() {
        strategy((facts, fields) -> Identity.of(List.of("x".repeat(1 << 20)), ""));
        plainFieldsCount();
    }

    @Test
    void oneWhoseCookieWouldSplitTheAnswerIsReplacedByPlainFields() {
        strategy((facts, fields) -> new Identity(List.of("k"), "", Map.of(), List.of("tkn=1\r\nset-cookie: admin=1")));
        plainFieldsCount();
    }

    @Test
    void nobodyWaitsBehindOneThatHangs() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        strategy((facts, fields) -> {
            calls.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Identity.of(List.of("late"), "");
        });
        List<CompletableFuture<?>> first = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Guest guest = rig.ledger.open(Ledger.viewer("live", "10.0.0.1", "rtmp", i, ""), rig.now);
            first.add(rig.engine.enter(guest).toCompletableFuture().thenAccept(a -> guest.admitted = true));
        }
        first.forEach(CompletableFuture::join);
        Guest later = rig.ledger.open(Ledger.viewer("live", "10.0.0.1", "rtmp", 200, ""), rig.now);
        CompletableFuture<?> answer = rig.engine.enter(later).toCompletableFuture();
        assertTrue(answer.isDone(), "later ones are not kept waiting");
        assertTrue(calls.get() <= 5, calls + " threads are stuck");
        later.admitted = true;
        rig.pass(1);
        assertEquals(101, rig.live().size());
        release.countDown();
        Await.until("the strategy is believed again", Duration.ofSeconds(10), () -> {
            Guest trial = rig.ledger.open(Ledger.viewer("live", "10.0.0.1", "rtmp", 300, ""), rig.now);
            rig.engine.enter(trial).toCompletableFuture().join();
            trial.admitted = true;
            rig.engine.collate();
            return rig.live().size() == 1;
        });
    }

    @Test
    void aRegroupingThatHangsIsFinishedWithPlainFields() {
        rig.start();
        for (int i = 1; i <= 50; i++) {
            rig.move(rig.viewer("live", "10.0.0.1", "rtmp", i, ""), 0, 10);
        }
        rig.pass(1);
        CountDownLatch never = new CountDownLatch(1);
        rig.plugins.elect(SessionStrategy.class, "hangs", "hangs 1", (facts, fields) -> {
            if (facts.connection() == 25) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Identity.of(List.of("all"), "");
        });
        rig.configure(Rig.settings("hangs", List.of("token"), ""));
        Await.until("everybody has a place", Duration.ofSeconds(10), () -> {
            rig.engine.collate();
            return rig.live().stream().noneMatch(s -> s.strategy().equals("fields") && s.connections().isEmpty()) && rig.live().stream().anyMatch(s -> s.strategy().equals("hangs"));
        });
        assertEquals(500, rig.bytesOut());
    }

    @Test
    void aTokenWithALineBreakIsDenied() {
        rig.start();
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 1, "a\nSESSION: other"));
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 1, "a\0"));
    }

    @Test
    void aStrategysOwnRefusalReachesThePeer() {
        strategy((facts, fields) -> {
            throw new Denied(Denied.Reason.KEY, "no token");
        });
        assertEquals("no token", assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 1, "")).getMessage());
    }
}
