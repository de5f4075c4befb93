package io.sluice.pushes.internal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WallClockTest {
    private final HandTicker ticker = new HandTicker();
    private final WallClock clock = new WallClock(ticker);
    private final List<Instant> called = new ArrayList<>();

    private AutoCloseable wait(Instant time) {
        return clock.at(time, () -> called.add(clock.now()));
    }

    /** As a trigger does: asks again where it was called early. */
    private void insist(Instant time) {
        clock.at(time, () -> {
            if (clock.now().isBefore(time)) {
                insist(time);
            } else {
                called.add(clock.now());
            }
        });
    }

    @Test
    void callsInOrderWithinAFewMilliseconds() {
        Instant now = clock.now();
        wait(now.plusSeconds(90));
        wait(now.plusSeconds(5));
        ticker.pass(Duration.ofSeconds(4));
        assertEquals(List.of(), called);
        ticker.pass(Duration.ofSeconds(90));
        assertEquals(List.of(now.plusSeconds(5).plusMillis(1), now.plusSeconds(90).plusMillis(1)), called);
    }

    @Test
    void whatHasPassedIsCalledAtOnce() {
        wait(clock.now().minusSeconds(1));
        wait(Instant.MIN);
        ticker.pass(Duration.ZERO);
        assertEquals(2, called.size());
    }

    @Test
    void nobodyIsCalledWhoTookItBack() throws Exception {
        AutoCloseable waits = wait(clock.now().plusSeconds(5));
        waits.close();
        waits.close();
        ticker.pass(Duration.ofMinutes(2));
        assertEquals(List.of(), called);
        assertEquals(0, ticker.waiting(), "nothing wakes where nobody waits");
        assertTrue(ticker.wakes <= 1);
    }

    @Test
    void aClockThatIsSetForthTellsWithinHalfAMinute() {
        Instant time = clock.now().plus(Duration.ofHours(5));
        insist(time);
        ticker.pass(Duration.ofMinutes(5));
        assertEquals(List.of(), called);
        ticker.set(time.plusSeconds(1));
        ticker.pass(Duration.ofSeconds(31));
        assertEquals(1, called.size());
    }

    @Test
    void aClockThatIsSetBackDoesNotCallBeforeItsTime() {
        Instant time = clock.now().plus(Duration.ofMinutes(10));
        insist(time);
        ticker.pass(Duration.ofMinutes(9));
        ticker.set(time.minus(Duration.ofHours(2)));
        ticker.pass(Duration.ofMinutes(119));
        assertEquals(List.of(), called);
        ticker.pass(Duration.ofMinutes(2));
        assertEquals(1, called.size());
        assertTrue(Duration.between(time, called.get(0)).compareTo(Duration.ofMillis(2)) < 0, called.toString());
    }

    @Test
    void anHourOfDaylightSavingIsNoJump() {
        ZoneId zone = ZoneId.of("Europe/Amsterdam");
        ticker.set(LocalDateTime.parse("2026-10-25T01:30:00").atZone(zone).toInstant());
        Instant eight = LocalDateTime.parse("2026-10-25T08:00:00").atZone(zone).toInstant();
        insist(eight);
        ticker.pass(Duration.ofHours(7).plusMinutes(29));
        assertEquals(List.of(), called, "the night has an hour more");
        ticker.pass(Duration.ofMinutes(2));
        assertEquals(List.of(eight.plusMillis(1)), called);
    }
}
