package io.sluice.pushes.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.PushEntry;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.pushes.internal.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepingTest {
    private final Rig rig = new Rig();

    private void automatic() {
        rig.stream("cam", State.LIVE);
        rig.add(Rig.push("e", "cam", ""));
    }

    private int starts() {
        return (int) rig.outputs.asked.stream().filter(a -> a.startsWith("start")).count();
    }

    @Test
    void whatEndsStartsAgainAfterItsWait() {
        automatic();
        rig.outputs.end(rig.onlyId(), "");
        rig.pass(2.9);
        assertEquals(1, starts());
        assertEquals(rig.clock.now().plusMillis(100).toEpochMilli(), rig.state("e").nextMillis());
        rig.pass(0.2);
        assertEquals(2, starts());
    }

    @Test
    void whatFailsWaitsTwiceAsLongEachTimeUpToAMinute() {
        rig.outputs.refusal = new IllegalArgumentException("no route to rtmp://me:secret@example.com/x");
        automatic();
        rig.pass(0.1);
        double[] waits = {3, 6, 12, 24, 48, 60, 60};
        for (int i = 0; i < waits.length; i++) {
            rig.pass(waits[i] - 0.2);
            assertEquals(i + 1, starts(), "before " + waits[i]);
            rig.pass(0.2);
            assertEquals(i + 2, starts(), "after " + waits[i]);
        }
        assertTrue(rig.why("e").contains("no route to rtmp://…@example.com/x"), rig.why("e"));
    }

    @Test
    void aGoodRunForgetsFailures() {
        rig.outputs.refusal = new IllegalStateException("no");
        automatic();
        rig.pass(40);
        rig.outputs.refusal = null;
        rig.pass(10);
        int before = starts();
        rig.pass(31);
        rig.outputs.end(rig.onlyId(), "the receiver hung up");
        rig.pass(3.1);
        assertEquals(before + 1, starts());
    }

    @Test
    void waitZeroIsNeverAgainUntilTheRuleTurnsOn() {
        rig.stream("cam", State.LIVE);
        rig.turn("red", true);
        rig.add(new PushEntry("e", "cam", "/x.ts", "lamp(name=red)", true, "", "", 0, 0, 0, 0, 0));
        rig.outputs.end(rig.onlyId(), "broken");
        rig.pass(1000);
        assertEquals(1, starts());
        assertTrue(rig.why("e").contains("broken; it is not started again, as its wait is 0"), rig.why("e"));
        rig.turn("red", false);
        rig.turn("red", true);
        assertEquals(2, starts());
    }

    @Test
    void newPushesASecondAreBounded() {
        rig.plans.settings(new Settings(3_000_000_000L, 1));
        for (int i = 0; i < 5; i++) {
            rig.stream("cam" + i, State.LIVE);
            rig.add(Rig.push("e" + i, "cam" + i, ""));
        }
        assertEquals(1, starts());
        assertTrue(rig.why("e3").contains("1 new pushes a second"), rig.why("e3"));
        rig.pass(0.9);
        assertEquals(1, starts());
        rig.pass(0.2);
        assertEquals(2, starts());
        rig.pass(3);
        assertEquals(5, starts());
    }

    @Test
    void aStreamThatIsNotThereIsWaitedForWithoutAsking() {
        rig.turn("red", true);
        rig.add(Rig.push("e", "cam", "lamp(name=red)"));
        rig.pass(300);
        assertEquals(0, starts());
        assertEquals("red is lit; waits for the stream: nobody publishes it", rig.why("e"));
        rig.stream("cam", State.LIVE);
        assertEquals(1, starts());
        rig.sources.add("file");
        rig.add(Rig.push("f", "file", "lamp(name=red)"));
        assertEquals(2, starts(), "a source is started for who reads");
    }

    @Test
    void whatIsStoppedWhileItOpensEnds() {
        rig.outputs.slow = true;
        rig.stream("cam", State.LIVE);
        rig.turn("red", true);
        rig.add(Rig.push("e", "cam", "lamp(name=red)"));
        rig.turn("red", false);
        assertEquals(List.of(), rig.running());
        assertEquals("stop cam /r/e.ts: red is dark", rig.outputs.asked.get(1));
        rig.outputs.slow = false;
        rig.turn("red", true);
        assertEquals(List.of("cam"), rig.running());
    }

    @Test
    void aPushThatIsStillFinishingIsWaitedForAndThenStartedAtOnce() {
        rig.outputs.slowStop = true;
        rig.stream("cam", State.LIVE);
        rig.turn("red", true);
        rig.add(Rig.push("e", "cam", "lamp(name=red)"));
        rig.turn("red", false);
        rig.turn("red", true);
        assertEquals(1, starts());
        rig.outputs.end(rig.onlyId(), "");
        rig.ticker.run();
        assertEquals(2, starts());
    }

    @Test
    void anotherTargetEndsTheOldPushAndARuleDoesNot() {
        automatic();
        rig.turn("red", true);
        rig.add(Rig.push("e", "cam", "lamp(name=red)"));
        assertEquals(1, rig.outputs.asked.size(), "the same push goes on");
        rig.add(Rig.push("e", "cam", "lamp(name=red)").withTarget("/other.ts"));
        assertEquals(List.of("start cam /r/e.ts", "stop cam /r/e.ts: its target was changed", "start cam /other.ts"), rig.outputs.asked);
        rig.add(new PushEntry("e", "cam2", "/other.ts", ""));
        assertEquals("stop cam /other.ts: its entry is for other streams now", rig.outputs.asked.get(3));
    }

    @Test
    void anotherTargetWhileItOpens() {
        rig.outputs.slow = true;
        automatic();
        rig.outputs.slow = false;
        rig.add(Rig.push("e", "cam", "").withTarget("/other.ts"));
        rig.pass(1);
        assertEquals(List.of("start cam /r/e.ts", "stop cam /r/e.ts: its target was changed", "start cam /other.ts"), rig.outputs.asked);
    }

    @Test
    void theSamePushTwiceIsOneAndStopsWithItsOwner() {
        rig.stream("cam", State.LIVE);
        rig.turn("red", true);
        rig.add(new PushEntry("one", "cam", "/x.ts", ""));
        rig.add(new PushEntry("two", "cam", "/x.ts", "lamp(name=red)"));
        assertEquals(1, rig.outputs.running.size());
        assertTrue(rig.why("two").contains("runs already as the entry one"), rig.why("two"));
        rig.turn("red", false);
        assertEquals(1, rig.outputs.running.size(), "it is not this entry's to stop");
        rig.turn("red", true);
        rig.plans.removed("one");
        rig.ticker.run();
        rig.pass(3.1);
        assertEquals("two", rig.outputs.list().get(0).entry());
    }

    @Test
    void stoppedByHandItStaysSoUntilItsStreamComesAgainOrSomebodySaysSo() {
        automatic();
        assertTrue(rig.plans.stopByHand(rig.onlyId()));
        rig.ticker.run();
        assertFalse(rig.plans.stopByHand("p1"));
        rig.pass(600);
        assertEquals(1, starts());
        assertTrue(rig.why("e").contains("stopped by hand"), rig.why("e"));
        rig.plans.again("e");
        assertEquals(2, starts());
        rig.ticker.run();
        rig.plans.stopByHand(rig.onlyId());
        rig.ticker.run();
        rig.stream("cam", State.OFFLINE);
        rig.stream("cam", State.LIVE);
        assertEquals(3, starts());
    }

    @Test
    void aNewEngineTakesUpWhatRunsAndStopsWhatHasNoEntry() throws Exception {
        rig.outputs.preset("old1", new OutputRequest("cam", "/r/e.ts", "e"));
        rig.outputs.preset("old2", new OutputRequest("cam", "/r/gone.ts", "gone"));
        rig.outputs.preset("old3", new OutputRequest("cam", "/by/hand.ts", ""));
        rig.outputs.preset("old4", new OutputRequest("cam", "/r/off.ts", "off"));
        rig.stream("cam", State.LIVE);
        rig.turn("red", false);
        rig.plans.begin(List.of(Rig.entry(Rig.push("e", "cam", "")), Rig.entry(Rig.push("off", "cam", "lamp(name=red)"))));
        rig.ticker.run();
        assertEquals(List.of("stop cam /r/off.ts: red is dark", "stop cam /r/gone.ts: its entry was removed"), rig.outputs.asked);
        assertEquals(List.of("cam", "cam"), rig.running());
        rig.leave();
        rig.engine();
        rig.plans.begin(null);
        assertEquals(2, rig.outputs.running.size(), "entries that cannot be read end nothing");
    }

    @Test
    void aPushStartedByTheEngineBeforeGoesOnWhileItsTriggersAreNotThereYet() throws Exception {
        rig.stream("cam", State.LIVE);
        rig.turn("red", true);
        rig.add(Rig.push("e", "cam", "lamp(name=red)"));
        rig.leave();
        assertEquals(0, rig.lamp.uses);
        rig.engine();
        rig.plans.begin(List.of(Rig.entry(Rig.push("e", "cam", "lamp(name=red)"))));
        rig.pass(9);
        rig.sensors.elected("lamp", rig.lamp);
        rig.pass(60);
        assertEquals(1, rig.outputs.asked.size());
        assertEquals("red is lit", rig.why("e"));
    }
}
