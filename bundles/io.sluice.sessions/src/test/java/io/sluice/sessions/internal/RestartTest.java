package io.sluice.sessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.Identity;
import io.sluice.api.session.Session;
import io.sluice.api.session.SessionStrategy;
import io.sluice.api.stream.Denied;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestartTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void everythingGoesOnAfterARestart() {
        rig.asked.always = true;
        rig.asking().start();
        Guest stays = rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        Guest gone = rig.viewer("live", "10.0.0.1", "rtmp", 2, "a");
        Guest over = rig.viewer("live", "10.0.0.2", "rtmp", 3, "b");
        rig.engine.directory().tag(stays.session, "vip");
        rig.move(stays, 1, 1000);
        rig.move(gone, 1, 200);
        rig.move(over, 1, 30);
        rig.close(over);
        rig.pass(15);
        rig.close(gone);
        rig.pass(1);
        Session before = rig.only();
        rig.engine.close();
        // while nobody is there: one goes on, one comes and goes, one comes and stays
        rig.now += 10_000;
        rig.move(stays, 1, 1000);
        Guest passing = rig.ledger.open(Ledger.viewer("live", "10.0.0.1", "hls", 4, "a"), rig.now);
        passing.admitted = true;
        rig.move(passing, 0, 7000);
        rig.close(passing);
        Guest newcomer = rig.ledger.open(Ledger.viewer("live", "10.0.0.9", "hls", 5, "n"), rig.now);
        newcomer.admitted = true;
        rig.move(newcomer, 0, 9);
        rig.start();
        rig.pass(1);
        Session after = rig.engine.directory().get(before.id());
        assertEquals(1000 + 200 + 1000 + 7000, after.bytesOut());
        assertEquals(before.sinceMillis(), after.sinceMillis());
        assertEquals(Set.of("UA:Player/1", "vip"), after.tags());
        assertEquals(before.seconds() + 11, after.seconds());
        assertEquals(1000 + 200 + 30 + 1000 + 7000 + 9, rig.bytesOut());
        assertEquals(2, rig.asked.questions.size(), "nobody who was let in is asked about again");
    }

    @Test
    void totalsAreExactWithoutAnythingKept() {
        rig.start();
        Guest stays = rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        Guest gone = rig.viewer("live", "10.0.0.1", "hls", 2, "a");
        rig.move(stays, 1, 1000);
        rig.move(gone, 1, 200);
        rig.close(gone);
        rig.pass(2);
        rig.ledger.keep(null);
        rig.start();
        rig.pass(1);
        assertEquals(1200, rig.only().bytesOut());
    }

    @Test
    void bytesToldWithAnEndedSessionAreNotToldAgain() {
        rig.start();
        Guest kept = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.move(kept, 0, 1000);
        rig.pass(16);
        rig.restart();
        rig.move(kept, 0, 50);
        rig.pass(2);
        assertEquals(50, rig.only().bytesOut());
        assertEquals(1050, rig.bytesOut());
    }

    @Test
    void aRefusalIsRememberedOverARestart() {
        rig.asked.always = false;
        rig.asking().start();
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 1, "a"));
        rig.restart();
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 2, "a"));
        assertEquals(1, rig.asked.questions.size());
    }

    @Test
    void whoWasRefusedAndCameInMeanwhileIsCut() {
        rig.asked.always = false;
        rig.asking().start();
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 1, "a"));
        rig.engine.close();
        Guest slipped = rig.ledger.open(Ledger.viewer("live", "10.0.0.1", "hls", 2, "a"), rig.now);
        slipped.admitted = true;
        rig.move(slipped, 0, 9);
        rig.start();
        rig.pass(1);
        assertEquals("refused by the door", slipped.endReason);
    }

    @Test
    void anotherDefinitionRegroupsAndLosesNoByte() {
        rig.start();
        for (int i = 0; i < 40; i++) {
            Guest guest = rig.viewer("s" + i % 3, "10.0.0." + i % 7, i % 2 == 0 ? "hls" : "rtmp", i, "t" + i % 5);
            rig.move(guest, i, 1000 + i);
            if (i % 4 == 0) {
                rig.close(guest);
            }
        }
        rig.pass(2);
        long bytes = rig.bytesOut();
        for (List<String> fields : List.of(List.of("stream"), Rig.ALL, List.<String>of(), List.of("userAgent", "address"), List.of("stream", "address", "token"))) {
            rig.configure(Rig.settings("fields", fields, ""));
            rig.pass(1);
            assertEquals(bytes, rig.bytesOut(), fields + "");
            assertEquals(2, rig.list().stream().mapToLong(Session::seconds).max().orElseThrow() - secondsSince(), fields + "");
        }
        rig.configure(Rig.settings("fields", List.of("stream"), ""));
        rig.pass(1);
        assertEquals(3, rig.live().size());
        assertEquals(List.of(), rig.ended, "nobody ended");
    }

    private long secondsSince() {
        return rig.list().stream().mapToLong(s -> (rig.now - s.sinceMillis()) / 1000 - 2).max().orElseThrow();
    }

    @Test
    void historyIsUntouchedByAnotherDefinition() {
        rig.start();
        Guest over = rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        rig.move(over, 0, 77);
        rig.close(over);
        rig.pass(16);
        Session ended = rig.list().get(0);
        rig.configure(Rig.settings("fields", List.of("stream"), ""));
        rig.pass(2);
        assertEquals(List.of(ended), rig.list());
    }

    @Test
    void aStrategyBundleThatGoesAndComesRegroupsBothTimes() {
        SessionStrategy byAgent = (facts, fields) -> Identity.of(List.of(facts.userAgent()), "");
        rig.start();
        rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        rig.viewer("live", "10.0.0.2", "rtmp", 2, "b");
        rig.configure(Rig.settings("agent", List.of("stream", "address", "token"), ""));
        rig.pass(1);
        assertEquals(2, rig.live().size(), "plain fields while it is not there");
        rig.plugins.elect(SessionStrategy.class, "agent", "agent 1", byAgent);
        settle(1);
        rig.plugins.elect(SessionStrategy.class, "agent", "agent 1", null);
        settle(2);
        rig.plugins.elect(SessionStrategy.class, "agent", "agent 2", byAgent);
        settle(1);
    }

    @Test
    void aSessionThatLosesSomeOfItsVisitsLosesTheirBytes() {
        rig.settings = Rig.settings("agent", List.of("address"), "");
        rig.plugins.elect(SessionStrategy.class, "agent", "agent 1", (facts, fields) -> Identity.of(List.of("all"), ""));
        rig.start();
        rig.move(rig.viewer("live", "10.0.0.1", "rtmp", 1, ""), 0, 1000);
        rig.move(rig.viewer("live", "10.0.0.2", "rtmp", 2, ""), 0, 200);
        rig.pass(1);
        assertEquals(1200, rig.only().bytesOut());
        rig.plugins.elect(SessionStrategy.class, "agent", "agent 2", (facts, fields) -> Identity.of(List.of(facts.connection() == 1 ? "all" : "other"), ""));
        settle(2);
        rig.pass(1);
        assertEquals(1200, rig.bytesOut());
    }

    @Test
    void aVisitorWhoWasGivenATokenIsTheSameForTheNextVersion() {
        AtomicInteger random = new AtomicInteger();
        SessionStrategy giving = (facts, fields) -> {
            String token = facts.parameters().containsKey("tkn") ? facts.parameters().get("tkn") : "r" + random.incrementAndGet();
            return new Identity(List.of(token), token, Map.of("tkn", token), List.of());
        };
        rig.plugins.elect(SessionStrategy.class, "giving", "giving 1", giving);
        rig.settings = Rig.settings("giving", List.of("token"), "");
        rig.start();
        Guest one = rig.viewer("live", "10.0.0.1", "hls", 1, "");
        Guest two = rig.viewer("live", "10.0.0.1", "hls", 2, "");
        assertTrue(!one.session.equals(two.session), "two newcomers are two");
        Guest again = rig.viewer("live", "10.0.0.1", "hls", 3, "r1");
        assertEquals(one.session, again.session);
        rig.move(one, 0, 1);
        rig.move(two, 0, 1);
        rig.plugins.elect(SessionStrategy.class, "giving", "giving 2", giving);
        settle(2);
        assertEquals(2, random.get());
        rig.restart();
        settle(2);
        assertEquals(2, random.get());
    }

    private void settle(int sessions) {
        io.sluice.testkit.Await.until(sessions + " sessions", java.time.Duration.ofSeconds(10), () -> {
            rig.engine.collate();
            return rig.live().size() == sessions;
        });
    }
}
