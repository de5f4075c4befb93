package io.sluice.pushes.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushEntry;
import io.sluice.api.push.PushReason.Standing;
import io.sluice.api.stream.StreamInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecidingTest {
    private final Rig rig = new Rig();

    @Test
    void aRuleTurnsThePushOnAndOffAtOnce() {
        rig.stream("cam", State.LIVE);
        rig.turn("red", false);
        rig.add(Rig.push("e", "cam", "lamp(name=red)"));
        assertEquals("red is dark", rig.why("e"));
        for (int i = 0; i < 2; i++) {
            rig.turn("red", true);
            assertEquals(List.of("cam"), rig.running());
            rig.pass(30);
            rig.turn("red", false);
            assertEquals(List.of(), rig.running());
            rig.pass(30);
        }
        assertEquals(List.of("start cam /r/e.ts", "stop cam /r/e.ts: red is dark", "start cam /r/e.ts", "stop cam /r/e.ts: red is dark"), rig.outputs.asked);
    }

    @Test
    void theReasonIsATree() {
        rig.stream("cam", State.LIVE);
        rig.turn("red", true);
        rig.turn("green", false);
        rig.add(Rig.push("e", "cam", "lamp(name=red) and not (lamp(name=green) or lamp(name=blue))"));
        assertEquals("there is no lamp blue", rig.why("e"));
        var reason = rig.state("e").rule();
        assertEquals(Standing.UNKNOWN, reason.standing());
        assertEquals("red is lit", reason.parts().get(0).why());
        assertEquals(Standing.UNKNOWN, reason.parts().get(1).standing(), "not of what nobody can tell is not on");
        rig.lamps.put("blue", false);
        rig.turn("blue", false);
        assertEquals("red is lit; green is dark; blue is dark", rig.why("e"));
        assertEquals(Standing.ON, rig.state("e").rule().standing());
        assertEquals(List.of("cam"), rig.running());
    }

    @Test
    void anEmptyRuleIsWheneverTheStreamIsThere() {
        rig.add(Rig.push("e", "cam", ""));
        assertEquals("the stream is not there", rig.why("e"));
        rig.pass(600);
        assertEquals(List.of(), rig.outputs.asked);
        rig.stream("cam", State.STARTING);
        assertEquals(List.of(), rig.outputs.asked);
        rig.stream("cam", State.LIVE);
        assertEquals(List.of("start cam /r/e.ts"), rig.outputs.asked);
        rig.stream("cam", State.GRACE);
        rig.pass(10);
        rig.stream("cam", State.LIVE);
        rig.stream("cam", State.OFFLINE);
        assertEquals(List.of("cam"), rig.running(), "it ends by itself, when all is written");
        rig.outputs.end(rig.onlyId(), "");
        rig.pass(600);
        assertEquals(List.of("start cam /r/e.ts"), rig.outputs.asked);
        rig.stream("cam", State.LIVE);
        assertEquals(List.of("cam"), rig.running());
    }

    @Test
    void aPatternIsAPushForEachOfItsStreamsAndEachStops() {
        rig.turn("red", true);
        rig.stream("a", State.LIVE);
        rig.stream("a+1", State.LIVE);
        rig.stream("ab+1", State.LIVE);
        rig.add(Rig.push("e", "a+", "lamp(name=red)"));
        rig.stream("a+2", State.LIVE);
        assertEquals(List.of("a+1", "a+2"), rig.running());
        rig.turn("red", false);
        assertEquals(List.of(), rig.running());
        rig.turn("red", true);
        assertEquals(List.of("a+1", "a+2"), rig.running().stream().sorted().toList());
        rig.plans.removed("e");
        rig.ticker.run();
        assertEquals(List.of(), rig.running());
        assertEquals(0, rig.lamp.uses);
    }

    @Test
    void streamsOfAPatternThatAreGoneAreForgotten() {
        rig.add(Rig.push("e", "a+", ""));
        rig.stream("a+1", State.LIVE);
        rig.stream("a+1", State.OFFLINE);
        assertEquals(1, rig.plans.report("e").size(), "what is still written is listed");
        rig.outputs.end(rig.onlyId(), "");
        rig.ticker.run();
        assertEquals(0, rig.plans.report("e").size());
    }

    @Test
    void aStartInTheFutureHoldsForPatternsTooAndTheEndDeletes() {
        rig.stream("a+1", State.LIVE);
        String from = rig.clock.now().plusSeconds(20).toString();
        String until = rig.clock.now().plusSeconds(60).toString();
        rig.add(new PushEntry("e", "a+", "/x.ts", "", true, from, until, 0, 0, 0, 0, -1));
        rig.pass(19);
        assertEquals("not before " + from, rig.why("e"));
        assertEquals(List.of(), rig.running());
        rig.stream("a+2", State.LIVE);
        assertEquals(List.of(), rig.running());
        rig.pass(1.1);
        assertEquals(List.of("a+1", "a+2"), rig.running());
        rig.pass(40);
        assertEquals(List.of(), rig.running());
        assertEquals(List.of("e"), rig.over);
        assertTrue(rig.why("e").startsWith("over since"));
        rig.pass(1000);
        assertEquals(List.of("e"), rig.over, "said once");
    }

    @Test
    void aClockThatIsSetMovesTheBoundsWithinHalfAMinute() {
        rig.stream("cam", State.LIVE);
        rig.add(new PushEntry("e", "cam", "/x.ts", "", true, rig.clock.now().plus(Duration.ofDays(1)).toString(), "", 0, 0, 0, 0, -1));
        rig.pass(100);
        assertEquals(List.of(), rig.running());
        rig.ticker.set(rig.clock.now().plus(Duration.ofDays(2)));
        rig.pass(31);
        assertEquals(List.of("cam"), rig.running());
    }

    @Test
    void aClockThatIsSetPastTheEndEndsItAndOneThatIsSetBackBeforeTheBeginningTurnsItOff() {
        rig.stream("cam", State.LIVE);
        Instant now = rig.clock.now();
        rig.add(new PushEntry("e", "cam", "/x.ts", "", true, now.minus(Duration.ofHours(1)).toString(), now.plus(Duration.ofHours(1)).toString(), 0, 0, 0, 0, -1));
        assertEquals(List.of("cam"), rig.running());
        rig.ticker.set(now.minus(Duration.ofHours(2)));
        rig.pass(31);
        assertEquals(List.of(), rig.running());
        rig.ticker.set(now);
        rig.pass(31);
        assertEquals(List.of("cam"), rig.running());
        assertEquals(List.of(), rig.over);
        rig.ticker.set(now.plus(Duration.ofHours(2)));
        rig.pass(31);
        assertEquals(List.of(), rig.running());
        assertEquals(List.of("e"), rig.over, "it is deleted");
    }

    /** In Amsterdam it is 03:00 a second after 01:59:59 that night. */
    @Test
    void boundsWithAZoneHoldOverTheNightThatLosesAnHour() {
        rig.ticker.set(Instant.parse("2026-03-29T00:30:00Z"));
        rig.stream("cam", State.LIVE);
        rig.add(new PushEntry("e", "cam", "/x.ts", "", true, "2026-03-29T01:45:00+01:00[Europe/Amsterdam]", "2026-03-29T03:15:00+02:00[Europe/Amsterdam]", 0, 0, 0, 0, -1));
        assertEquals(List.of(), rig.running());
        rig.pass(15 * 60 + 1);
        assertEquals(List.of("cam"), rig.running());
        rig.pass(29 * 60);
        assertEquals(List.of("cam"), rig.running());
        rig.pass(60);
        assertEquals(List.of(), rig.running(), "half an hour later");
        assertEquals(List.of("e"), rig.over);
    }

    @Test
    void aRuleThatContradictsItselfIsNeverOn() {
        rig.stream("cam", State.LIVE);
        rig.turn("red", false);
        rig.add(Rig.push("e", "cam", "lamp(name=red) and not lamp(name=red)"));
        for (int i = 0; i < 8; i++) {
            rig.turn("red", i % 2 == 0);
            rig.pass(5);
        }
        assertEquals(0, rig.state("e").starts(), "not for a moment either");
        assertTrue(rig.why("e").contains("red"), rig.why("e"));
    }

    @Test
    void whatIsSwitchedOffOrWrongSaysSo() {
        rig.stream("cam", State.LIVE);
        rig.add(Rig.push("e", "cam", "").withEnabled(false));
        assertEquals("switched off", rig.why("e"));
        rig.add(Rig.push("e", "cam", "").withEnabled(true));
        assertEquals(List.of("cam"), rig.running());
        rig.add(Rig.push("e", "cam", "lamp("));
        assertEquals(List.of(), rig.running());
        assertTrue(rig.plans.entries().get(0).problem().contains("character"));
        assertTrue(Rig.entry(new PushEntry("e", "cam", "/x", "", true, "2026-01-02T00:00:00Z", "1767225600", 0, 0, 0, 0, -1)).problem().contains("never be on"));
        assertTrue(Rig.entry(new PushEntry("e", "cam", "/x", "", true, "tomorrow", "", 0, 0, 0, 0, -1)).problem().contains("from is 'tomorrow'"));
        assertTrue(Rig.entry(new PushEntry("e", "cam", "/x", "", true, "", "", Double.NaN, 0, 0, 0, -1)).problem().contains("minOnSeconds"));
        assertFalse(Rig.entry(new PushEntry("e", "+x", "/x", "")).problem().isEmpty());
        assertFalse(Rig.entry(new PushEntry("../e", "x", "/x", "")).problem().isEmpty());
    }

    @Test
    void leastTimesAndHysteresisHold() {
        rig.stream("cam", State.LIVE);
        rig.turn("red", false);
        rig.add(new PushEntry("e", "cam", "/x.ts", "lamp(name=red)", true, "", "", 60, 10, 5, 3, -1));
        rig.turn("red", true);
        assertTrue(rig.why("e").contains("it counts when it has held for 5 s"), rig.why("e"));
        rig.pass(4);
        rig.turn("red", false);
        rig.turn("red", true);
        rig.pass(4);
        assertEquals(List.of(), rig.running());
        rig.pass(1.1);
        assertEquals(List.of("cam"), rig.running());
        rig.turn("red", false);
        rig.pass(50);
        assertTrue(rig.why("e").contains("it stays on for 60 s at least"), rig.why("e"));
        assertEquals(List.of("cam"), rig.running());
        rig.pass(11);
        assertEquals(List.of(), rig.running());
        rig.turn("red", true);
        rig.pass(8);
        assertEquals(List.of(), rig.running());
        rig.pass(2);
        assertEquals(List.of("cam"), rig.running());
    }

    @Test
    void aRuleThatFlapsStartsAFewTimesAndSaysSo() {
        rig.stream("cam", State.LIVE);
        rig.turn("red", false);
        rig.add(Rig.push("e", "cam", "lamp(name=red)"));
        for (int i = 0; i < 600; i++) {
            rig.turn("red", i % 2 == 0);
            rig.pass(0.1);
        }
        assertTrue(rig.state("e").starts() <= 6, "starts in a minute: " + rig.state("e").starts());
        assertTrue(rig.why("e").contains("it flaps"), rig.why("e"));
        rig.turn("red", true);
        rig.pass(3);
        assertEquals(List.of("cam"), rig.running(), "what holds counts");
    }

    @Test
    void aThousandEntriesCostNothingWhileNothingChanges() {
        rig.turn("red", false);
        for (int i = 0; i < 1000; i++) {
            rig.add(Rig.push("e" + i, "cam" + i, "lamp(name=red)"));
        }
        rig.pass(60);
        rig.ticker.wakes = 0;
        rig.pass(3600);
        assertEquals(0, rig.ticker.wakes);
    }
}
