package io.sluice.sessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Identity;
import io.sluice.api.session.SessionStrategy;
import io.sluice.api.stream.Denied;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A strategy that keeps strangers out: where it has no answer, plain fields would let them in. */
class DecidingStrategyTest {
    private static final Identity KNOWN = Identity.of(List.of("known"), "known");

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static SessionStrategy deciding(Function<ConnectionFacts, Identity> answer) {
        return new SessionStrategy() {
            @Override
            public Identity identify(ConnectionFacts facts, List<String> fields) {
                return answer.apply(facts);
            }

            @Override
            public boolean decides() {
                return true;
            }
        };
    }

    private void start(Function<ConnectionFacts, Identity> answer) {
        rig.plugins.elect(SessionStrategy.class, "door", "door 1.0.0", deciding(answer));
        rig.settings = Rig.settings("door", List.of("stream", "address", "token"), "");
        rig.start();
    }

    private void nobodyNewGetsIn() {
        Denied denied = assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 1, "a"));
        assertEquals(Denied.Reason.TOKEN, denied.reason());
        assertEquals("the session strategy door does not answer now", denied.getMessage());
    }

    @Test
    void nobodyGetsInWhileItFails() {
        start(facts -> {
            throw new IllegalStateException("broken");
        });
        nobodyNewGetsIn();
    }

    @Test
    void nobodyGetsInWhileItAnswersTooMuch() {
        start(facts -> Identity.of(List.of("x".repeat(1 << 20)), ""));
        nobodyNewGetsIn();
    }

    @Test
    void nobodyGetsInWhileItIsLate() {
        Thread main = Thread.currentThread();
        start(facts -> {
            try {
                main.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return KNOWN;
        });
        nobodyNewGetsIn();
        nobodyNewGetsIn();
    }

    @Test
    void whoIsInStaysWhenItGoesAndNobodyNewGetsInUntilItIsBack() {
        start(facts -> KNOWN);
        Guest guest = rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.plugins.elect(SessionStrategy.class, "door", "", null);
        rig.pass(2);
        assertEquals(1, rig.live().size());
        nobodyNewGetsIn();
        // another field changes nothing in that
        rig.configure(Rig.settings("door", List.of("stream"), ""));
        nobodyNewGetsIn();
        rig.plugins.elect(SessionStrategy.class, "door", "door 1.0.1", deciding(facts -> KNOWN));
        rig.viewer("live", "10.0.0.2", "hls", 2, "b");
        rig.pass(2);
        assertEquals(2, rig.only().connections().size());
        assertTrue(guest.admitted);
    }

    @Test
    void nobodyGetsInBeforeItWasEverThere() {
        rig.settings = Rig.settings("door", List.of("stream"), "");
        rig.start();
        nobodyNewGetsIn();
        rig.plugins.elect(SessionStrategy.class, "door", "door 1.0.0", deciding(facts -> KNOWN));
        rig.viewer("live", "10.0.0.2", "hls", 2, "b");
    }

    @Test
    void aNewlySelectedOneThatIsNotThereLetsNobodyIn() {
        rig.start();
        rig.viewer("live", "10.0.0.1", "hls", 1, "a");
        rig.configure(Rig.settings("door", List.of("stream"), ""));
        rig.pass(2);
        assertEquals(1, rig.live().size(), "who is in stays");
        Denied denied = assertThrows(Denied.class, () -> rig.viewer("live", "10.0.0.1", "hls", 2, "a"));
        assertEquals("the session strategy door does not answer now", denied.getMessage());
        rig.configure(Rig.settings("fields", List.of("stream"), ""));
        rig.viewer("live", "10.0.0.1", "hls", 3, "a");
    }

    @Test
    void whoSelectsAnotherOneHasThat() {
        start(facts -> KNOWN);
        rig.plugins.elect(SessionStrategy.class, "door", "", null);
        rig.configure(Rig.settings("fields", List.of("stream"), ""));
        rig.viewer("live", "10.0.0.2", "hls", 2, "b");
    }
}
