package io.sluice.sessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoiningTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void connectionsOfOneTokenAreOneSessionAndOfTwoTokensTwo() {
        rig.start();
        rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.viewer("live", "10.0.0.1", "hls", 2, "a");
        rig.viewer("live", "10.0.0.1", "hls", 3, "b");
        rig.pass(1);
        assertEquals(List.of(1, 2), rig.live().stream().map(s -> s.connections().size()).sorted().toList());
        assertTrue(rig.live().stream().allMatch(s -> s.id().matches("[0-9a-f]{64}")), "viewers have no prefix");
    }

    @Test
    void aProtocolSplitsOnlyWhereItIsConfigured() {
        rig.start();
        rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        rig.viewer("live", "10.0.0.1", "hls", 2, "a");
        rig.pass(1);
        assertEquals(Set.of("hls", "rtmp"), rig.only().protocols().keySet());
        rig.configure(Rig.settings("fields", Rig.ALL, ""));
        rig.pass(1);
        assertEquals(2, rig.live().size());
    }

    @Test
    void withoutTokenARtmpConnectionIsASessionAndHlsOnesOfAnAddressAreOne() {
        rig.start();
        rig.viewer("live", "10.0.0.1", "rtmp", 1, "");
        rig.viewer("live", "10.0.0.1", "rtmp", 2, "");
        rig.viewer("live", "10.0.0.2", "hls", 3, "");
        rig.viewer("live", "10.0.0.2", "hls", 4, "");
        rig.pass(1);
        assertEquals(3, rig.live().size());
    }

    @Test
    void aKindIsSeenInTheIdAndInputsAreNotViewers() {
        rig.start();
        rig.enter(Ledger.facts(ConnectionKind.INPUT, "live", "10.0.0.1", "rtmp", 1, "rtmp://h/live", "a"));
        rig.enter(Ledger.facts(ConnectionKind.OUTPUT, "live", "10.0.0.1", "rtmp", 2, "rtmp://h/live", "a"));
        rig.viewer("live", "10.0.0.1", "rtmp", 3, "a");
        rig.pass(1);
        assertEquals(List.of("", "I", "O"), rig.live().stream().map(s -> s.id().substring(0, s.id().length() - 64)).sorted().toList());
    }

    @Test
    void pagesCountAsConfigured() {
        rig.start();
        ConnectionFacts page = Ledger.viewer("live", "10.0.0.1", "http", 1, "a");
        Map<HttpOnly, String> prefixes = Map.of(HttpOnly.VIEWER, "", HttpOnly.OUTPUT, "O", HttpOnly.UNCLASSIFIED, "U");
        prefixes.forEach((mode, prefix) -> {
            rig.configure(Rig.settings("fields", List.of("stream"), "", mode));
            Guest guest = rig.enter(page);
            assertEquals(prefix.length() + 64, guest.session.length());
            assertTrue(guest.session.startsWith(prefix), mode + ": " + guest.session);
            rig.close(guest);
        });
        rig.configure(Rig.settings("fields", List.of("stream"), "", HttpOnly.NONE));
        Guest uncounted = rig.ledger.open(page, rig.now);
        Rig.let(uncounted, rig.engine.enter(uncounted).toCompletableFuture());
        assertEquals(Admitted.WITHOUT_SESSION.session(), uncounted.session);
        rig.move(uncounted, 5, 5000);
        rig.pass(1);
        assertEquals(0, rig.live().stream().filter(s -> s.bytesOut() > 0).count());
    }

    @Test
    void noFieldAtAllIsOneSessionForAll() {
        rig.start();
        rig.configure(Rig.settings("fields", List.of(), ""));
        rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        rig.viewer("other", "10.0.0.2", "hls", 2, "b");
        rig.pass(2);
        Session one = rig.only();
        assertEquals(Set.of("live", "other"), one.streams().keySet());
        assertEquals(Set.of("10.0.0.1", "10.0.0.2"), one.addresses().keySet());
    }

    @Test
    void differentSplitsOfTheSameTextAreDifferentSessions() {
        rig.start();
        rig.configure(Rig.settings("fields", List.of("stream", "token"), ""));
        Guest one = rig.viewer("ab", "10.0.0.1", "hls", 1, "c");
        Guest other = rig.viewer("a", "10.0.0.1", "hls", 2, "bc");
        assertNotEquals(one.session, other.session);
    }

    @Test
    void aKnownVisitorIsLetInWithoutAHop() {
        rig.start();
        rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        Guest next = rig.ledger.open(Ledger.viewer("live", "10.0.0.1", "hls", 2, "a"), rig.now);
        assertTrue(rig.engine.enter(next).toCompletableFuture().isDone());
    }

    @Test
    void bytesAreSummedOverConnectionsThatComeAndGo() {
        rig.start();
        Guest first = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.move(first, 100, 1000);
        rig.close(first);
        rig.pass(10);
        Guest second = rig.viewer("live", "10.0.0.1", "hls", 2, "a");
        rig.move(second, 10, 500);
        rig.pass(1);
        assertEquals(1500, rig.only().bytesOut());
        assertEquals(110, rig.only().bytesIn());
        rig.close(second);
        Guest third = rig.viewer("live", "10.0.0.1", "hls", 3, "a");
        rig.move(third, 0, 1);
        rig.pass(1);
        assertEquals(1501, rig.only().bytesOut());
    }

    @Test
    void aSessionEndsAfterInactivityAndStaysInTheHistoryForItsTime() {
        rig.start();
        Guest viewer = rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        rig.pass(20);
        rig.move(viewer, 7, 1000);
        rig.close(viewer);
        rig.pass(14);
        assertEquals(Session.State.LIVE, rig.only().state());
        rig.pass(1);
        assertEquals(List.of(), rig.live());
        Session ended = rig.list().get(0);
        assertEquals(Session.State.ENDED, ended.state());
        assertEquals(1000, ended.bytesOut());
        assertEquals(rig.now - 15_000, ended.endedMillis());
        rig.pass(2);
        assertEquals(0, rig.ledger.closed().size(), "the core may forget it");
        rig.now += 580_000;
        rig.pass(1);
        assertEquals(1, rig.list().size());
        rig.pass(15);
        assertEquals(0, rig.list().size());
    }

    @Test
    void anOpenButSilentHttpConnectionEndsItsSessionAndBeginsAnotherWhenItGoesOn() {
        rig.start();
        Guest kept = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.move(kept, 10, 1000);
        rig.pass(16);
        assertEquals(1000, rig.list().get(0).bytesOut());
        assertEquals(Session.State.ENDED, rig.list().get(0).state());
        rig.move(kept, 10, 300);
        rig.pass(2);
        assertEquals(300, rig.only().bytesOut());
        assertEquals(rig.only().id(), kept.session);
        assertEquals(1300, rig.bytesOut());
    }

    @Test
    void secondsCountWhileSomethingMoves() {
        rig.start();
        Guest hls = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        Guest rtmp = rig.viewer("live", "10.0.0.1", "rtmp", 2, "a");
        rig.move(hls, 1, 1);
        rig.pass(5);
        rig.close(rtmp);
        rig.pass(2);
        assertEquals(Map.of("hls", 7L, "rtmp", 5L), rig.only().protocols());
        assertEquals(7, rig.only().seconds());
    }

    @Test
    void tagsArePutOnAllConnectionsAndOnThoseThatCome() {
        rig.start();
        Guest one = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.engine.directory().tag(one.session, "vip");
        Guest two = rig.viewer("live", "10.0.0.1", "hls", 2, "a");
        assertEquals(List.of(Set.of("vip"), Set.of("vip")), List.of(one.tags, two.tags));
        rig.pass(1);
        assertEquals(Set.of("UA:Player/1", "vip"), rig.only().tags());
        rig.engine.directory().untag(one.session, "vip");
        rig.pass(1);
        assertEquals(Set.of("UA:Player/1"), rig.only().tags());
        assertFalse(two.tags.contains("vip"));
    }

    @Test
    void stoppingCutsTheConnectionsAndANewOneBeginsAnew() {
        rig.start();
        Guest cut = rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        Guest other = rig.viewer("other", "10.0.0.1", "rtmp", 2, "a");
        rig.move(cut, 1, 100);
        rig.pass(1);
        assertEquals(1, rig.engine.directory().stop(s -> s.streams().containsKey("live"), "enough"));
        assertEquals("enough", cut.endReason);
        assertEquals(null, other.endReason);
        Guest again = rig.viewer("live", "10.0.0.1", "rtmp", 3, "a");
        rig.move(cut, 0, 11);
        rig.close(cut);
        rig.pass(1);
        Session ended = rig.list().stream().filter(s -> s.state() == Session.State.ENDED).findFirst().orElseThrow();
        assertEquals(111, ended.bytesOut(), "what was on its way counts");
        assertEquals("enough", ended.reason());
        rig.move(again, 0, 5);
        rig.pass(1);
        assertEquals(5, rig.engine.directory().get(again.session).bytesOut());
    }
}
