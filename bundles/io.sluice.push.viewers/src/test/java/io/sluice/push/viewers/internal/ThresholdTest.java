package io.sluice.push.viewers.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.push.Conditions;
import io.sluice.testkit.push.SeenSwitch;
import io.sluice.testkit.push.TurnedClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {
    private final SeenSwitch state = new SeenSwitch();

    private static Threshold of(String... parameters) {
        return Threshold.of(Conditions.of("viewers", new TurnedClock("2026-11-22T20:00:00Z"), parameters));
    }

    private Gauge gauge(String... parameters) {
        return new Gauge(of(parameters), state);
    }

    @Test
    void overIsMoreThanTheNumber() {
        Gauge gauge = gauge("over=100");
        gauge.count(100);
        assertEquals("off: live has 100 viewers, not over 100", state.state() + ": " + state.why());
        gauge.count(101);
        assertEquals("on: live has 101 viewers, over 100", state.state() + ": " + state.why());
        gauge.count(100);
        assertEquals("off", state.state());
    }

    @Test
    void onceOnItGoesOffAtTheOtherNumberOnly() {
        Gauge gauge = gauge("over=100", "back=80");
        for (int viewers : new int[] {90, 101, 99, 101, 81, 80, 100, 101}) {
            gauge.count(viewers);
        }
        assertEquals(List.of("off", "on", "off", "on"), state.turns());
        gauge.count(81);
        assertEquals("live has 81 viewers, over 80 (it began over 100)", state.why());
    }

    @Test
    void underIsTheOtherWayRound() {
        Gauge gauge = gauge("under=5", "back=10", "name=*");
        for (int viewers : new int[] {5, 4, 9, 10, 5, 1}) {
            gauge.count(viewers);
        }
        assertEquals(List.of("off", "on", "off", "on"), state.turns());
        assertEquals("the server has 1 viewer, under 10 (it began under 5)", state.why());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"name=a|either 'over' or 'under'", "over=1;under=2|either 'over' or 'under'", "over=ten|'over': a whole number", "over=10;back=11|'back' is 11; with 'over' it is at most 10",
        "under=10;back=9|'back' is 9; with 'under' it is at least 10", "over=1;stream=a|'stream' is no parameter of viewers"})
    void whatIsWrongIsNamed(String parameters, String expected) {
        String problem = assertThrows(IllegalArgumentException.class, () -> of(parameters.split(";"))).getMessage();
        assertTrue(problem.startsWith(expected), problem);
    }
}
