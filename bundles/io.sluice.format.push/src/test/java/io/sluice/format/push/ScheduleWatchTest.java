package io.sluice.format.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.push.PushSpan;
import io.sluice.testkit.push.SeenSwitch;
import io.sluice.testkit.push.TurnedClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleWatchTest {
    /** On in even hours. */
    private static final Schedule EVEN = time -> Phase.of(time.getEpochSecond() / 3600 % 2 == 0, "hour " + time.getEpochSecond() / 3600 % 24,
        time.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
    private final TurnedClock clock = new TurnedClock("2026-11-22T20:14:00Z");
    private final SeenSwitch state = new SeenSwitch();
    private final ScheduleWatch watch = new ScheduleWatch(EVEN, clock, state);

    @Test
    void theSwitchIsTurnedAtOnceAndAtEachChangeAndAtNoOtherTime() {
        watch.look();
        assertEquals("on", state.state());
        clock.goTo("2026-11-22T20:59:59.999Z");
        assertEquals("on", state.state());
        clock.goTo("2026-11-22T21:00:00Z");
        assertEquals("off", state.state());
        clock.goTo("2026-11-22T23:30:00Z");
        assertEquals(List.of("on", "off", "on", "off"), state.turns());
        assertEquals(3, clock.wakes());
    }

    @Test
    void aClockThatIsSetIsFollowedBothWays() {
        watch.look();
        clock.jump("2026-11-25T03:00:00Z");
        assertEquals("off", state.state());
        clock.jump("2026-11-01T02:10:00Z");
        assertEquals("on", state.state());
        clock.goTo("2026-11-01T03:00:00Z");
        assertEquals("off", state.state());
        assertEquals(1, clock.waiting());
    }

    @Test
    void aClosedOneWaitsForNothing() {
        watch.look();
        watch.close();
        watch.look();
        assertEquals(0, clock.waiting());
        clock.goTo("2026-11-23T21:00:00Z");
        assertEquals(List.of("on"), state.turns());
    }

    @Test
    void anOutlookCoversAllThatIsKnownAndNoMoreThanTheMost() {
        List<PushSpan> spans = Outlook.of(EVEN, Instant.parse("2026-11-22T20:30:00Z"), Instant.parse("2026-11-22T22:15:00Z"));
        assertEquals(List.of("20:30 21:00 true", "21:00 22:00 false", "22:00 22:15 true"),
            spans.stream().map(s -> s.from().toString().substring(11, 16) + " " + s.to().toString().substring(11, 16) + " " + s.on()).toList());
        assertEquals(10_000, Outlook.of(EVEN, Instant.EPOCH, Instant.parse("2026-11-22T22:15:00Z")).size());
        assertEquals(List.of(), Outlook.of(time -> Phase.unknown("nobody knows"), Instant.EPOCH, Instant.parse("2026-11-22T22:15:00Z")));
    }
}
