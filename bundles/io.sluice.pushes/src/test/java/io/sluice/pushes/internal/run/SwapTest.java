package io.sluice.pushes.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushSwitch;
import io.sluice.api.stream.StreamInfo.State;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bundles of triggers come and go. */
class SwapTest {
    private final Rig rig = new Rig();

    @BeforeEach
    void on() {
        rig.stream("cam", State.LIVE);
        rig.turn("red", true);
        rig.add(Rig.push("e", "cam", "lamp(name=red)"));
    }

    @Test
    void anotherVersionWatchesAndThePushGoesOn() {
        FakeTrigger next = new FakeTrigger("2", rig.lamps);
        PushSwitch old = rig.lamp.watched.keySet().iterator().next();
        rig.sensors.elected("lamp", next);
        assertEquals(0, rig.lamp.uses);
        assertTrue(rig.lamp.watched.isEmpty());
        old.set(false, "who is gone has nothing to say");
        rig.ticker.run();
        assertEquals(List.of("start cam /r/e.ts"), rig.outputs.asked);
        next.turn("red", false);
        rig.ticker.run();
        assertEquals(List.of(), rig.running());
    }

    @Test
    void aVersionThatSaysNothingHoldsTheStateForTenSeconds() {
        FakeTrigger next = new FakeTrigger("2", rig.lamps);
        next.silent = true;
        rig.sensors.elected("lamp", next);
        rig.pass(9);
        assertEquals(List.of("cam"), rig.running());
        rig.pass(2);
        assertEquals(List.of(), rig.running());
        assertTrue(rig.why("e").contains("the bundle lamps 2 does not say"), rig.why("e"));
    }

    @Test
    void aTriggerThatIsGoneHoldsTheStateForTenSecondsAndOneThatComesTurnsItOnAgain() {
        rig.sensors.elected("lamp", null);
        assertEquals(0, rig.lamp.uses);
        rig.pass(9);
        assertEquals(List.of("cam"), rig.running());
        rig.pass(2);
        assertEquals(List.of(), rig.running());
        assertEquals("no installed bundle offers the condition 'lamp'", rig.why("e"));
        rig.sensors.elected("lamp", rig.lamp);
        rig.ticker.run();
        assertEquals(List.of("cam"), rig.running());
    }

    @Test
    void aConditionThatNobodyKnowsIsOffUntilItsBundleComes() {
        rig.add(Rig.push("m", "cam", "not moon(full=yes)"));
        rig.pass(11);
        assertEquals("no installed bundle offers the condition 'moon'", rig.why("m"));
        rig.sensors.elected("moon", new FakeTrigger("1", rig.lamps));
        rig.ticker.run();
        assertEquals("name is missing", rig.why("m"));
    }
}
