package io.sluice.variables.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.variable.Variable;
import io.sluice.api.variable.VariableChange;
import io.sluice.variables.internal.keep.Kept;
import io.sluice.variables.internal.keep.StateFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineTest {
    private final Rig rig = new Rig();

    @Test
    void aNewVariableIsReadAtOnceAndThenOnItsGrid() {
        Rig.Asked source = rig.source("  one \n");
        Slot slot = rig.add(Rig.variable("v", 1000));
        rig.pass(0);
        assertEquals(1, source.requests.size());
        rig.pass(0);
        Variable shown = slot.shown();
        assertEquals("one", shown.value());
        assertEquals(rig.millis(), shown.changedMillis());
        assertEquals(rig.millis() + 1000, shown.nextMillis());
        rig.pass(999);
        assertEquals(1, source.requests.size());
        rig.pass(1);
        assertEquals(2, source.requests.size());
        rig.pass(8000);
        assertEquals(10, source.requests.size());
        assertEquals(1, rig.told.size());
        assertEquals(0, source.uses);
    }

    @Test
    void withoutAnIntervalItIsReadOnceAndAgainWhenEdited() {
        Rig.Asked source = rig.source("x");
        rig.add(Rig.variable("v", 0));
        rig.pass(60_000);
        assertEquals(1, source.requests.size());
        assertEquals(0, rig.slots.get("v").shown().nextMillis());
        rig.add(Rig.config("name", "v", "type", "test", "target", "other"));
        rig.pass(1);
        assertEquals(List.of("other"), source.requests.stream().map(r -> r.parameters().get("target")).filter(t -> t != null).toList());
        rig.add(Rig.config("name", "v", "type", "test", "target", "other"));
        rig.pass(1);
        assertEquals(2, source.requests.size(), "an edit that changes nothing is none");
    }

    @Test
    void aFailureKeepsTheValueAndWaitsForTheNextTurn() {
        Rig.Asked source = rig.source("good");
        Slot slot = rig.add(Rig.variable("v", 1000));
        rig.pass(1);
        long read = slot.shown().readMillis();
        source.answer = null;
        rig.pass(999);
        source.last().completeExceptionally(new IllegalStateException("the server answered 500"));
        rig.pass(999);
        Variable shown = slot.shown();
        assertEquals("good", shown.value());
        assertEquals(read, shown.readMillis());
        assertEquals("the server answered 500", shown.error());
        assertEquals(1, shown.failures());
        assertEquals(2, source.requests.size());
        source.answer = "better";
        rig.pass(2);
        assertEquals("better", slot.shown().value());
        assertEquals("", slot.shown().error());
    }

    @Test
    void whatIsReadOnceIsTriedUntilItSucceeds() {
        Rig.Asked source = rig.source("x");
        source.problem = "target is missing";
        Slot slot = rig.add(Rig.variable("v", 0));
        rig.pass(6000);
        assertEquals("target is missing", slot.shown().error());
        assertEquals(2, slot.shown().failures());
        source.problem = "";
        rig.pass(5000);
        assertEquals("x", slot.shown().value());
        rig.pass(60_000);
        assertEquals(1, source.requests.size());
    }

    @Test
    void aSlowReadingIsGivenUpAndDelaysNobody() {
        Rig.Asked source = rig.source(null);
        Slot slow = rig.add(Rig.config("name", "slow", "type", "test", "intervalMillis", 1000, "waitMillis", 3500));
        rig.pass(1);
        source.answer = "quick";
        Slot quick = rig.add(Rig.variable("quick", 100));
        rig.pass(3000);
        assertEquals(31, source.requests.stream().filter(r -> r.name().equals("quick")).count());
        assertEquals(1, source.requests.stream().filter(r -> r.name().equals("slow")).count(), "one reading at a time");
        assertEquals("quick", quick.shown().value());
        rig.pass(600);
        assertTrue(source.answers.get(0).isCancelled());
        assertEquals("no answer within 3500 ms", slow.shown().error());
        assertFalse(source.answers.get(0).complete("late"));
        rig.pass(400);
        assertEquals("quick", slow.shown().value(), "on its grid again, four seconds after the first");
        assertEquals(0, source.uses);
    }

    @Test
    void whoThrowsFailsAlone() {
        rig.source("fine");
        Slot fine = rig.add(Rig.variable("fine", 1000));
        rig.sources.elected("broken", null, new Rig.Asked("1", null) {
            @Override
            public java.util.concurrent.CompletionStage<String> read(io.sluice.api.variable.VariableRequest request) {
                throw new StackOverflowError("deep");
            }
        });
        Slot broken = rig.add(Rig.config("name", "broken", "type", "broken", "intervalMillis", 1000));
        rig.pass(2500);
        assertEquals("fine", fine.shown().value());
        assertEquals("", broken.shown().value());
    }

    @Test
    void aValueIsCutAtItsLimitBetweenCharacters() {
        rig.source("ä".repeat(100));
        Slot slot = rig.add(Rig.config("name", "v", "type", "test", "maxBytes", 127));
        rig.pass(1);
        assertEquals("ä".repeat(63), slot.shown().value());
    }

    @Test
    void parametersAreExpandedBeforeEachReading() {
        Rig.Asked source = rig.source("x");
        Slot other = rig.add(Rig.config("name", "other", "type", "nobody", "value", "first"));
        rig.add(Rig.config("name", "v", "type", "test", "target", "http://h/$other", "intervalMillis", 1000, "parameters", new String[] {"header.x = a=$other"}));
        rig.pass(1);
        assertEquals("http://h/first", source.requests.get(0).parameters().get("target"));
        assertEquals("a=first", source.requests.get(0).parameters().get("header.x"));
        assertEquals("http://h/$other", source.requests.get(0).templates().get("target"));
        assertEquals("first!", source.requests.get(0).expander().apply("$other!").text());
        rig.engine.give(other, "second", false);
        rig.pass(1000);
        assertEquals("http://h/second", source.requests.get(1).parameters().get("target"));
        rig.pass(1000);
        assertTrue(source.requests.get(1) == source.requests.get(2), "the same request again");
    }

    @Test
    void aParameterWithoutAValueStaysAndAFailureSaysSo() {
        Rig.Asked source = rig.source("x");
        Slot slot = rig.add(Rig.config("name", "v", "type", "test", "target", "http://h/$other", "intervalMillis", 1000));
        rig.pass(1);
        assertEquals("http://h/$other", source.requests.get(0).parameters().get("target"));
        assertEquals("", slot.shown().error());
        source.problem = "no such address";
        rig.pass(1000);
        assertEquals("no such address (target: there is no value for $other)", slot.shown().error());
    }

    @Test
    void aTemplatesValueKeepsItsNames() {
        rig.sources.elected("static", null, staticSource());
        rig.add(Rig.config("name", "v", "type", "static", "value", "$stream!"));
        assertEquals("cam!", rig.expander.expand("$v", Map.of("stream", "cam")).text());
        rig.pass(1001);
        assertEquals("cam!", rig.expander.expand("$v", Map.of("stream", "cam")).text());
        rig.add(Rig.config("name", "v", "type", "static", "value", "$stream?"));
        assertEquals("cam?", rig.expander.expand("$v", Map.of("stream", "cam")).text(), "the edit counts at once");
    }

    private static Rig.Asked staticSource() {
        Rig.Asked source = new Rig.Asked("1", null) {
            @Override
            public java.util.concurrent.CompletionStage<String> read(io.sluice.api.variable.VariableRequest request) {
                return java.util.concurrent.CompletableFuture.completedFuture(request.templates().get("value"));
            }
        };
        source.template = true;
        return source;
    }

    @Test
    void aTypeWithoutABundleWaitsForIt() {
        Slot slot = rig.add(Rig.variable("v", 1000));
        rig.pass(5000);
        assertEquals(0, slot.shown().nextMillis());
        Rig.Asked source = rig.source("x");
        rig.pass(1000);
        assertEquals("x", slot.shown().value());
        assertTrue(source.requests.size() <= 2);
    }

    @Test
    void aSwappedSourceKeepsValueScheduleAndHistory() {
        Rig.Asked old = rig.source("a");
        Slot slot = rig.add(Rig.variable("v", 1000));
        rig.pass(1);
        old.answer = null;
        rig.pass(999);
        assertEquals(1, old.uses, "its second reading runs");
        Rig.Asked now = new Rig.Asked("2", "c");
        rig.sources.elected("test", old, now);
        old.last().complete("b");
        rig.pass(1);
        assertEquals("b", slot.shown().value(), "a reading under way ends on the version where it began");
        assertEquals(0, old.uses);
        rig.pass(998);
        assertEquals(0, now.requests.size());
        rig.pass(2);
        assertEquals(1, now.requests.size());
        assertEquals(List.of("a", "b", "c"), slot.history.all().stream().map(c -> c.now()).toList());
    }

    @Test
    void aStoppedSourceIsLeftAtOnce() {
        Rig.Asked source = rig.source(null);
        source.canWatch = true;
        Slot slot = rig.add(Rig.variable("v", 1000));
        rig.pass(1);
        assertEquals(Set.of("v"), source.watches.keySet());
        rig.sources.elected("test", source, null);
        assertTrue(source.last().isCancelled());
        assertEquals(0, source.uses);
        assertEquals(Set.of(), source.watches.keySet());
        rig.pass(3000);
        Rig.Asked again = rig.source("back");
        rig.pass(1000);
        assertEquals("back", slot.shown().value());
        assertFalse(again.requests.isEmpty());
    }

    @Test
    void aWatchedVariableIsReadWhenItsSourceSaysSo() {
        Rig.Asked source = rig.source("a");
        source.canWatch = true;
        Slot slot = rig.add(Rig.variable("v", 0));
        rig.pass(100);
        source.answer = "b";
        source.watches.get("v").run();
        rig.pass(1);
        assertEquals("b", slot.shown().value());
        for (int i = 0; i < 1000; i++) {
            source.watches.get("v").run();
        }
        rig.pass(100);
        assertTrue(source.requests.size() <= 4, () -> "a cry is a reading, a thousand are not: " + source.requests.size());
        Rig.Asked other = new Rig.Asked("2", "c");
        other.canWatch = true;
        rig.sources.elected("test", source, other);
        rig.pass(1001);
        assertEquals("c", slot.shown().value());
        assertEquals(Set.of("v"), other.watches.keySet());
        assertEquals(Set.of(), source.watches.keySet());
        assertEquals(0, source.uses);
        rig.definitions.removed("pid~v");
        rig.pass(1);
        assertEquals(Set.of(), other.watches.keySet());
        assertEquals(0, other.uses);
    }

    @Test
    void refreshReadsNowAndKeepsTheGrid() {
        Rig.Asked source = rig.source("a");
        Slot slot = rig.add(Rig.variable("v", 10_000));
        rig.pass(4000);
        rig.engine.readSoon(slot);
        rig.pass(1);
        assertEquals(2, source.requests.size());
        rig.pass(5998);
        assertEquals(2, source.requests.size());
        rig.pass(1);
        assertEquals(3, source.requests.size());
    }

    @Test
    void tenThousandAreSpreadOverTheirInterval() {
        Rig.Asked source = rig.source("x");
        StateFile.Content empty = new StateFile.Content(false, Map.of());
        for (int i = 0; i < 10_000; i++) {
            rig.begin(Rig.variable("v" + i, 1000), empty);
        }
        int most = 0;
        for (int i = 0; i < 1000; i++) {
            int before = source.requests.size();
            rig.pass(1);
            most = Math.max(most, source.requests.size() - before);
        }
        assertEquals(10_000, new HashSet<>(source.requests).size());
        int seen = most;
        assertTrue(seen < 100, () -> seen + " in one millisecond");
    }

    @Test
    void whatWasKeptGoesOn() {
        Rig.Asked source = rig.source("new");
        Kept kept = new Kept("v", "test", "", "old", false, false, 500, 600, rig.millis() + 700, List.of());
        Slot slot = rig.begin(Rig.variable("v", 1000), new StateFile.Content(false, Map.of("v", kept)));
        assertEquals("old", slot.shown().value());
        assertEquals(500, slot.shown().changedMillis());
        rig.pass(699);
        assertEquals(0, source.requests.size());
        rig.pass(2);
        assertEquals("new", slot.shown().value());
    }

    @Test
    void whatIsReadOnceIsReadAgainAfterARestartButNotForAnotherEngine() {
        Rig.Asked source = rig.source("x");
        Map<String, Kept> kept = Map.of("v", new Kept("v", "test", "", "old", false, false, 500, 600, 0, List.of()));
        rig.begin(Rig.variable("v", 0), new StateFile.Content(true, kept));
        rig.pass(2000);
        assertEquals(0, source.requests.size());
        rig.definitions.removed("pid~v");
        rig.begin(Rig.variable("v", 0), new StateFile.Content(false, kept));
        rig.pass(2000);
        assertEquals(1, source.requests.size());
    }

    @Test
    void anEditOfTheValueWinsOverWhatWasKept() {
        Kept kept = new Kept("v", "test", "first", "read", false, false, 500, 600, 0, List.of());
        assertEquals("read", rig.begin(Rig.config("name", "v", "type", "test", "value", "first"), new StateFile.Content(false, Map.of("v", kept))).shown().value());
        rig.definitions.removed("pid~v");
        assertEquals("edited", rig.begin(Rig.config("name", "v", "type", "test", "value", "edited"), new StateFile.Content(false, Map.of("v", kept))).shown().value());
    }

    @Test
    void aRemovedVariableIsGone() {
        Rig.Asked source = rig.source(null);
        Slot slot = rig.add(Rig.variable("v", 1000));
        rig.pass(1);
        rig.definitions.removed("pid~v");
        assertNull(rig.slots.get("v"));
        assertTrue(source.last().isCancelled());
        rig.engine.readSoon(slot);
        rig.pass(5000);
        assertEquals(1, source.requests.size());
    }

    @Test
    void whoListensIsToldWhenAVariableGoes() {
        rig.source("x");
        rig.add(Rig.variable("v", 0));
        rig.pass(1);
        rig.definitions.removed("pid~v");
        VariableChange last = rig.told.get(rig.told.size() - 1);
        assertEquals(List.of("v", "x", ""), List.of(last.name(), last.before(), last.now()));
        rig.add(Rig.variable("v", 0));
        rig.pass(1);
        assertEquals("x", rig.told.get(rig.told.size() - 1).now());
    }

    @Test
    void aNameIsTakenOnce() {
        rig.source("x");
        rig.definitions.changed("a", Rig.config("name", "v", "value", "1"));
        rig.definitions.changed("b", Rig.config("name", "v", "value", "2"));
        assertEquals("$v is configured twice; a counts", rig.definitions.refused().iterator().next().error());
        assertEquals("1", rig.slots.get("v").shown().value());
        rig.definitions.removed("a");
        assertEquals("2", rig.slots.get("v").shown().value());
        assertTrue(rig.definitions.refused().isEmpty());
    }

    @Test
    void anotherNameIsAnotherVariable() {
        rig.definitions.changed("a", Rig.config("name", "v", "value", "1"));
        rig.definitions.changed("a", Rig.config("name", "w", "value", "1"));
        assertNull(rig.slots.get("v"));
        assertEquals("1", rig.slots.get("w").shown().value());
        rig.definitions.changed("a", Rig.config("name", "w x", "value", "1"));
        assertNull(rig.slots.get("w"));
    }
}
