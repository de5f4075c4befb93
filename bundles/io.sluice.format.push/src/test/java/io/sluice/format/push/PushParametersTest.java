package io.sluice.format.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.push.Conditions;
import io.sluice.testkit.push.TurnedClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushParametersTest {
    private static PushParameters of(String... parameters) {
        return PushParameters.of(Conditions.of("test", new TurnedClock("2026-11-22T20:00:00Z"), parameters), "a", "b", "zone");
    }

    private static String refusal(Function<PushParameters, ?> question, String... parameters) {
        return assertThrows(IllegalArgumentException.class, () -> question.apply(of(parameters))).getMessage();
    }

    @Test
    void aMisspeltNameIsNamed() {
        assertEquals("'aa' is no parameter of test; it has: a, b, zone", refusal(p -> p, "aa=1"));
    }

    @ParameterizedTest
    @CsvSource({"90, 90000", "1.5, 1500", "500ms, 500", "90s, 90000", "15m, 900000", "2h, 7200000", "1h30m, 5400000", "1d, 86400000"})
    void lengthsAreSecondsOrHaveUnits(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), of("a=" + text).length("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1h30", "1 h", "h", "1x", "1e3", "99999999999", "9999d", "1..5"})
    void otherLengthsAreRefused(String text) {
        assertTrue(refusal(p -> p.length("a"), "a=" + text).startsWith("'a': a time such as"));
    }

    @Test
    void whatIsNotThereHasItsDefault() {
        assertNull(of().length("a"));
        assertEquals(7, of().number("a", 7));
        assertEquals(ZoneId.systemDefault(), of().zone());
    }

    @Test
    void wrongValuesAreShownShort() {
        assertEquals("'a': true or false was wanted, 'yes' was found", refusal(p -> p.flag("a"), "a=yes"));
        assertEquals("'a': a whole number from 0 to 999999999 was wanted, '-1' was found", refusal(p -> p.number("a", 0), "a=-1"));
        assertEquals("'zone': a time zone such as Europe/Amsterdam was wanted, 'Mars' was found", refusal(PushParameters::zone, "zone=Mars"));
        assertTrue(refusal(p -> p.number("a", 0), "a=" + "x".repeat(10_000)).length() < 200);
    }
}
