package io.sluice.triggers.internal;

import static io.sluice.triggers.internal.House.trigger;
import static io.sluice.triggers.internal.House.userNew;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time-outs, full lines and what hangs. */
class LaneTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    private List<CompletableFuture<TriggerAnswer>> ask(int times) {
        return IntStream.range(0, times).mapToObj(i -> house.engine.ask(userNew("a")).toCompletableFuture()).toList();
    }

    @Test
    void aQuestionWithoutAnAnswerEndsInTheDefaultAndFreesItsPlace() throws Exception {
        ConcurrentLinkedQueue<CompletableFuture<String>> hanging = new ConcurrentLinkedQueue<>();
        AtomicInteger uses = house.handler("hook", call -> {
            hanging.add(new CompletableFuture<>());
            return hanging.peek();
        });
        house.with(trigger("1", "USER_NEW", "hook").defaults("no").timeout(100));
        TriggerAnswer answer = house.ask(userNew("a"));
        assertFalse(answer.yes());
        Await.until("the call is cancelled, its place and its version are free", PATIENCE, () -> hanging.peek().isCancelled() && house.report("1").open() == 0 && uses.get() == 0);
        assertEquals(1, house.counts("1").timedOut());
        assertTrue(house.counts("1").longestNanos() > 0, "what was too late took its time");
        assertEquals("no answer within 100 ms", house.report("1").lastError());
    }

    @Test
    void whatFindsTheLineFullGetsTheDefaultAtOnceAndOthersAreNotHeldUp() throws Exception {
        CompletableFuture<String> late = new CompletableFuture<>();
        house.handler("hook", call -> call.parameters().get("target").equals("hangs") ? late : CompletableFuture.completedFuture("1"));
        house.with(trigger("1", "USER_NEW", "hook").target("hangs").streams("a").defaults("0"), trigger("2", "USER_NEW", "hook").target("quick").streams("b"));
        List<CompletableFuture<TriggerAnswer>> first = ask(2);
        Await.until("both places are taken", PATIENCE, () -> house.report("1").open() == 2);
        List<CompletableFuture<TriggerAnswer>> waiting = ask(3);
        TriggerAnswer refused = house.ask(userNew("a"));
        assertFalse(refused.yes());
        assertEquals(1, house.counts("1").refused());
        assertEquals(3, house.report("1").waiting());
        assertTrue(house.ask(userNew("b")).yes(), "another target of the same handler");
        late.complete("1");
        for (CompletableFuture<TriggerAnswer> each : first) {
            assertTrue(each.get(20, TimeUnit.SECONDS).yes());
        }
        for (CompletableFuture<TriggerAnswer> each : waiting) {
            assertTrue(each.get(20, TimeUnit.SECONDS).yes());
        }
    }

    @Test
    void aHandlerThatBlocksItsCallerCostsItsOwnTargetOnly() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        house.handler("rude", call -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture("1");
        });
        house.says("good", "1");
        house.with(trigger("1", "USER_NEW", "rude").streams("a").timeout(100), trigger("2", "USER_NEW", "good").streams("b"));
        CompletableFuture<TriggerAnswer> stuck = house.loop.submit(() -> house.engine.ask(userNew("a")).toCompletableFuture()).get(20, TimeUnit.SECONDS);
        assertTrue(house.loop.submit(() -> house.engine.ask(userNew("b")).toCompletableFuture()).get(20, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS).yes());
        assertTrue(stuck.get(20, TimeUnit.SECONDS).yes(), "the default, although the handler has not even returned");
        assertEquals(1, house.counts("1").timedOut());
        go.countDown();
        Await.until("its place is free", PATIENCE, () -> house.report("1").open() == 0);
    }

    @Test
    void aPeerThatLeftGivesItsQuestionUp() {
        ConcurrentLinkedQueue<CompletableFuture<String>> late = new ConcurrentLinkedQueue<>();
        house.handler("hook", call -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            late.add(answer);
            return answer;
        });
        house.with(trigger("1", "USER_NEW", "hook"));
        List<CompletableFuture<TriggerAnswer>> open = ask(2);
        Await.until("it is called", PATIENCE, () -> house.report("1").open() == 2);
        List<CompletableFuture<TriggerAnswer>> waiting = ask(2);
        waiting.forEach(w -> w.cancel(true));
        open.get(0).cancel(true);
        Await.until("those are given up", PATIENCE, () -> house.counts("1").abandoned() == 3 && late.peek().isCancelled());
        assertEquals("", house.report("1").lastError(), "nobody's fault");
        late.forEach(l -> l.complete("1"));
        Await.until("both places are free", PATIENCE, () -> open.get(1).isDone() && house.report("1").open() == 0);
        assertEquals(2, late.size(), "who waited in line was never asked for");
    }

    @Test
    void anotherVersionOfAHandlerAnswersWhatIsAskedFromThenOn() throws Exception {
        CompletableFuture<String> late = new CompletableFuture<>();
        AtomicInteger oldUses = house.handler("hook", call -> late);
        house.with(trigger("1", "USER_NEW", "hook"));
        CompletableFuture<TriggerAnswer> open = ask(1).get(0);
        Await.until("the old version has it", PATIENCE, () -> oldUses.get() == 1);
        AtomicInteger newUses = house.says("hook", "0");
        assertFalse(house.ask(userNew("a")).yes());
        assertEquals(1, oldUses.get(), "the open question stays where it was asked");
        late.complete("1");
        assertTrue(open.get(20, TimeUnit.SECONDS).yes());
        Await.until("nobody holds either", PATIENCE, () -> oldUses.get() == 0 && newUses.get() == 0);
    }

    @Test
    void openQuestionsOutliveTheEngine() throws Exception {
        CompletableFuture<String> late = new CompletableFuture<>();
        house.handler("hook", call -> call.event().stream().equals("a") ? late : new CompletableFuture<>());
        house.with(trigger("1", "USER_NEW", "hook").timeout(60_000).streams("a"), trigger("2", "USER_NEW", "hook").timeout(100).streams("b").defaults("0"));
        CompletableFuture<TriggerAnswer> open = ask(1).get(0);
        CompletableFuture<TriggerAnswer> unanswered = house.engine.ask(userNew("b")).toCompletableFuture();
        house.engine.close();
        assertFalse(unanswered.get(20, TimeUnit.SECONDS).yes());
        late.complete("1");
        assertTrue(open.get(20, TimeUnit.SECONDS).yes());
    }
}
