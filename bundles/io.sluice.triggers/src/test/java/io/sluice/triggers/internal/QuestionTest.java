package io.sluice.triggers.internal;

import static io.sluice.triggers.internal.House.trigger;
import static io.sluice.triggers.internal.House.userNew;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What several handlers together say. */
class QuestionTest {
    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void onlyWhatBeginsWithAWordOfConsentIsYes() {
        Stream.of("1", "true", " T R U E", "Yes, of course", "continue", "CONT", "10", "\n1\n", "trueish").forEach(a -> assertTrue(Verdict.yes(a), a));
        Stream.of("", "0", "false", "no", "ok", "tru", "y", "allow", " \n").forEach(a -> assertFalse(Verdict.yes(a), a));
    }

    @Test
    void nobodyConfiguredIsYes() throws Exception {
        assertSame(TriggerAnswer.UNASKED, house.ask(userNew("a")));
        assertFalse(house.engine.wants("USER_NEW", "a"));
    }

    @Test
    void allMustAgree() throws Exception {
        house.says("yes", "true");
        house.says("no", "0");
        house.with(trigger("1", "USER_NEW", "yes"), trigger("2", "USER_NEW", "yes"));
        assertTrue(house.ask(userNew("a")).yes());
        house.with(trigger("3", "USER_NEW", "no").target("http://u:p@h/x?key=secret"));
        TriggerAnswer answer = house.ask(userNew("a"));
        assertFalse(answer.yes());
        assertEquals("USER_NEW to no http://…@h/x?…", answer.handler());
        assertEquals(1, house.counts("3").no());
        Await.until("the others' answers are counted", Duration.ofSeconds(20), () -> house.counts("1").yes() == 2);
        assertEquals(2, house.engine.counts().get("USER_NEW").asked() - 3);
    }

    @Test
    void aHandlerThatIsOnlyToldRefusesNothing() throws Exception {
        house.says("no", "0");
        house.says("empty", "");
        house.with(trigger("1", "USER_NEW", "no").telling(), trigger("2", "USER_NEW", "empty").telling());
        assertSame(TriggerAnswer.UNASKED, house.ask(userNew("a")));
        Await.until("both are told", Duration.ofSeconds(20), () -> house.counts("1").told() == 1 && house.counts("2").told() == 1);
        assertEquals(0, house.counts("1").no());
    }

    @Test
    void theLastTextCounts() throws Exception {
        TriggerEvent rewrite = TriggerEvent.of("PUSH_REWRITE", "show", "url", "rtmp://h/live/show", "address", "192.0.2.1", "stream", "show");
        house.says("one", "first\n");
        house.says("two", "  second?x=1\nand more");
        house.handler("broken", call -> CompletableFuture.failedFuture(new CompletionException(new IllegalStateException("down"))));
        house.with(trigger("1", "PUSH_REWRITE", "one"), trigger("2", "PUSH_REWRITE", "two"), trigger("3", "PUSH_REWRITE", "broken"));
        TriggerAnswer answer = house.ask(rewrite);
        assertEquals("second?x=1", answer.text());
        assertTrue(answer.yes());
        assertEquals("down", house.report("3").lastError());
        house.says("two", " \n");
        assertFalse(house.ask(rewrite).yes(), "a blank name refuses");
    }

    @Test
    void aBlankSourceLeavesItAsItWas() throws Exception {
        house.says("blank", "\n");
        house.with(trigger("1", "STREAM_SOURCE", "blank"));
        TriggerAnswer answer = house.ask(TriggerEvent.of("STREAM_SOURCE", "show", "stream", "show"));
        assertTrue(answer.yes());
        assertNull(answer.text());
    }

    @Test
    void theDefaultCountsWhereThereIsNoAnswer() throws Exception {
        house.handler("broken", call -> {
            throw new IllegalStateException("cannot");
        });
        house.with(trigger("1", "USER_NEW", "broken"));
        assertTrue(house.ask(userNew("a")).yes(), "yes unless something else is configured");
        house.without("1").with(trigger("2", "USER_NEW", "broken").defaults("false"));
        assertFalse(house.ask(userNew("a")).yes());
        house.without("2").with(trigger("3", "USER_NEW", "nobody").defaults("0"));
        assertFalse(house.ask(userNew("a")).yes());
        assertTrue(house.report("3").problem().contains("nobody"), house.report("3").problem());
        assertEquals(1, house.counts("3").failed());
    }

    @Test
    void anEventThatIsNoQuestionAsksNobody() throws Exception {
        house.says("no", "0");
        house.with(trigger("1", "USER_END", "no"));
        assertTrue(house.ask(TriggerEvent.of("USER_END", "a", "token", "t")).yes());
        Await.until("it is told", Duration.ofSeconds(20), () -> house.counts("1").told() == 1);
    }

    @Test
    void onlyStreamsThatAreNamedAndTheirKin() {
        house.says("no", "0");
        house.with(trigger("1", "USER_NEW", "no").streams("A ", "x+Y", "", "spaced out"));
        Stream.of("a", "a+b", "a+b+c", "x+Y", "spaced+out").forEach(s -> assertTrue(house.engine.wants("USER_NEW", s), s));
        Stream.of("ab", "x", "x+y", "x+Yz", "", "+a", "b+a").forEach(s -> assertFalse(house.engine.wants("USER_NEW", s), s));
    }

    @Test
    void aThresholdMustBeExceeded() throws Exception {
        house.says("no", "0");
        house.with(trigger("1", "LIVE_BANDWIDTH", "no").params("100000"));
        assertTrue(house.ask(TriggerEvent.of("LIVE_BANDWIDTH", "a", "stream", "a", "bytesPerSecond", "100000")).yes());
        assertFalse(house.ask(TriggerEvent.of("LIVE_BANDWIDTH", "a", "stream", "a", "bytesPerSecond", "100001")).yes());
        house.with(trigger("2", "LIVE_BANDWIDTH", "no").params("much"));
        assertEquals("params is not a number", house.report("2").problem());
    }
}
