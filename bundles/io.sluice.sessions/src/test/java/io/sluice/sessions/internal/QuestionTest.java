package io.sluice.sessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.stream.Denied;
import io.sluice.api.trigger.Triggers;
import io.sluice.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private final Rig rig = new Rig();
    private int connections;

    @BeforeEach
    void start() {
        rig.asking().start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Guest come(String token) {
        return rig.ledger.open(Ledger.viewer("live", "10.0.0.1", "hls", ++connections, token), rig.now);
    }

    private CompletableFuture<Admitted> enter(Guest guest) {
        CompletableFuture<Admitted> answer = rig.engine.enter(guest).toCompletableFuture();
        answer.thenAccept(a -> guest.admitted = true);
        return answer;
    }

    private void asked(int questions) {
        Await.until(questions + " questions", Duration.ofSeconds(5), () -> rig.asked.questions.size() == questions);
    }

    @Test
    void allConnectionsOfASessionWaitForOneAnswer() {
        CompletableFuture<Admitted> one = enter(come("a"));
        CompletableFuture<Admitted> two = enter(come("a"));
        asked(1);
        rig.pass(1);
        assertFalse(one.isDone() || two.isDone());
        assertEquals(Session.State.ASKING, rig.list().get(0).state());
        rig.asked.answer(0, true);
        assertEquals(one.join().session(), two.join().session());
        assertEquals(1, rig.asked.questions.size());
        String id = one.join().session();
        assertEquals("live\n10.0.0.1\na\nhls\nhttp://host/live\n" + id, rig.asked.questions.get(0).payload());
        assertEquals(List.of("stream", "address", "token", "protocol", "url", "session"), List.copyOf(rig.asked.questions.get(0).fields().keySet()));
    }

    @Test
    void aRefusalIsRememberedForItsTimeAndToldOnce() {
        rig.asked.always = false;
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 1, "a"));
        Denied again = assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 2, "a"));
        assertEquals("refused by the door", again.getMessage());
        Await.until("USER_END", Duration.ofSeconds(5), () -> rig.asked.told.size() == 1);
        assertEquals("0", rig.asked.told.get(0).fields().get("bytesOut"));
        rig.now += 590_000;
        rig.pass(1);
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 3, "a"));
        assertEquals(1, rig.asked.questions.size());
        rig.now += 10_000;
        rig.pass(1);
        rig.asked.always = true;
        rig.viewer("live", "10.0.0.1", "hls", 4, "a");
        assertEquals(2, rig.asked.questions.size());
    }

    @Test
    void askingAgainForgetsARefusal() {
        rig.asked.always = false;
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 1, "a"));
        rig.asked.always = true;
        assertEquals(1, rig.engine.directory().invalidate(s -> s.streams().containsKey("live")));
        rig.viewer("live", "10.0.0.1", "hls", 2, "a");
    }

    @Test
    void askingAgainCutsWhoIsDeniedNow() {
        rig.asked.always = true;
        Guest viewer = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.move(viewer, 0, 4000);
        rig.pass(1);
        rig.asked.always = false;
        rig.engine.directory().invalidate(s -> true);
        assertEquals("refused by the door", viewer.endReason);
        rig.close(viewer);
        rig.pass(1);
        assertEquals(4000, rig.list().stream().filter(s -> s.state() == Session.State.ENDED).findFirst().orElseThrow().bytesOut());
        assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 2, "a"));
        assertEquals(2, rig.asked.questions.size());
    }

    @Test
    void whoLeavesGivesUpTheQuestion() {
        CompletableFuture<Admitted> one = enter(come("a"));
        asked(1);
        one.cancel(false);
        // who is identified on the strategy's thread may still be on its way to the session: then it leaves as it arrives
        Await.until("the question to be given up", Duration.ofSeconds(5), () -> rig.asked.answers.get(0).isCancelled());
        assertEquals(List.of(), rig.list());
    }

    @Test
    void aQuestionWhoseConnectionsAreGoneIsGivenUp() {
        Guest guest = come("a");
        enter(guest);
        asked(1);
        rig.close(guest);
        Await.until("the question to be given up", Duration.ofSeconds(5), () -> {
            rig.pass(4);
            return rig.asked.answers.get(0).isCancelled();
        });
        assertEquals(List.of(), rig.list());
    }

    @Test
    void onlyViewersAreAskedAbout() {
        rig.enter(Ledger.facts(ConnectionKind.INPUT, "live", "10.0.0.1", "rtmp", 1, "rtmp://h/live", ""));
        assertEquals(0, rig.asked.questions.size());
    }

    @Test
    void anotherTriggerEngineIsAskedWhatTheFirstHasNotAnswered() {
        CompletableFuture<Admitted> one = enter(come("a"));
        asked(1);
        Asked newer = new Asked();
        newer.always = true;
        rig.plugins.elect(Triggers.class, Triggers.NAME, "io.sluice.triggers 2", newer);
        one.orTimeout(5, TimeUnit.SECONDS).join();
        rig.plugins.elect(Triggers.class, Triggers.NAME, "io.sluice.triggers 2", null);
        rig.viewer("live", "10.0.0.1", "hls", 9, "b");
    }

    @Test
    void theEndIsToldWithTwelveLines() {
        rig.asked.always = true;
        Guest hls = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        Guest rtmp = rig.viewer("live", "10.0.0.1", "rtmp", 2, "a");
        rig.engine.directory().tag(hls.session, "vip");
        rig.move(hls, 10, 1000);
        rig.move(rtmp, 20, 2000);
        rig.pass(3);
        rig.close(rtmp);
        rig.pass(2);
        rig.move(hls, 1, 1);
        rig.close(hls);
        rig.pass(16);
        Await.until("USER_END", Duration.ofSeconds(5), () -> rig.asked.told.size() == 1);
        assertEquals("a\nlive\nhls,rtmp\n10.0.0.1\n5\n3001\n31\n[UA:Player/1][vip]\n5\n5,3\n5\n" + hls.session, rig.asked.told.get(0).payload());
        assertEquals("USER_END", rig.asked.told.get(0).type());
    }
}
