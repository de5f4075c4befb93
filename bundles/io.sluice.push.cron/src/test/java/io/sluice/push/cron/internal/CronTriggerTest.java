package io.sluice.push.cron.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushSpan;
import io.sluice.testkit.push.Conditions;
import io.sluice.testkit.push.SeenSwitch;
import io.sluice.testkit.push.TurnedClock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTriggerTest {
    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
    private final CronTrigger trigger = new CronTrigger();

    private List<String> on(String from, String to, String... parameters) {
        return trigger.outlook(Conditions.of("cron", new TurnedClock(from), parameters), Instant.parse(from), Instant.parse(to)).stream().filter(PushSpan::on)
            .map(s -> s.from() + "/" + s.to()).toList();
    }

    private static List<String> times(String expression, String from, String to) {
        CronTimes cron = CronTimes.of(expression, AMSTERDAM);
        List<String> forth = new ArrayList<>();
        for (Instant at = cron.after(Instant.parse(from)); at != null && !at.isAfter(Instant.parse(to)); at = cron.after(at)) {
            forth.add(at.toString());
        }
        List<String> back = new ArrayList<>();
        for (Instant at = cron.upTo(Instant.parse(to)); at != null && at.isAfter(Instant.parse(from)); at = cron.upTo(at.minusNanos(1))) {
            back.add(at.toString());
        }
        Collections.reverse(back);
        assertEquals(forth, back);
        return forth;
    }

    @Test
    void itIsOnForAWhile() throws Exception {
        TurnedClock clock = new TurnedClock("2026-11-22T19:30:00Z");
        SeenSwitch state = new SeenSwitch();
        AutoCloseable watch = trigger.watch(Conditions.of("cron", clock, "expression=0 20 * * mon-fri", "duration=2h", "zone=Europe/Amsterdam"), state);
        assertEquals("it begins at 2026-11-23 20:00 in Europe/Amsterdam", state.why());
        clock.goTo("2026-11-23T19:00:00Z");
        assertEquals("on", state.state());
        assertEquals("it began at 2026-11-23 20:00 and ends at 2026-11-23 22:00 in Europe/Amsterdam", state.why());
        clock.goTo("2026-11-23T20:59:59.999Z");
        assertEquals("on", state.state());
        clock.goTo("2026-11-23T21:00:00Z");
        assertEquals("off", state.state());
        assertEquals(2, clock.wakes());
        clock.jump("2026-11-26T20:00:00Z");
        assertEquals("on", state.state());
        watch.close();
        assertEquals(0, clock.waiting());
    }

    @Test
    void itIsOnUntilAnotherExpression() {
        assertEquals(List.of("2026-11-20T19:00:00Z/2026-11-21T01:00:00Z"),
            on("2026-11-20T12:00:00Z", "2026-11-26T12:00:00Z", "expression=0 20 * * 5", "until=0 2 * * 6", "zone=Europe/Amsterdam"));
    }

    @Test
    void timesThatComeWhileItIsOnMakeItLast() throws Exception {
        TurnedClock clock = new TurnedClock("2026-11-22T19:30:30Z");
        SeenSwitch state = new SeenSwitch();
        try (AutoCloseable watch = trigger.watch(Conditions.of("cron", clock, "expression=* 20 * * *", "duration=90", "zone=UTC"), state)) {
            clock.goTo("2026-11-22T21:00:29Z");
            assertEquals(List.of("off", "on"), state.turns());
            clock.goTo("2026-11-22T21:00:30Z");
            assertEquals("off", state.state());
        }
    }

    /** Summer time begins on 2026-03-29 at 02:00, which is 03:00, and ends on 2026-10-25 at 03:00, which is 02:00. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "30 2 * * *|2026-03-28T00:00:00Z|2026-03-30T23:00:00Z|[2026-03-28T01:30:00Z, 2026-03-29T01:30:00Z, 2026-03-30T00:30:00Z]",
        "30 2 * * *|2026-10-24T00:00:00Z|2026-10-26T23:00:00Z|[2026-10-24T00:30:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z]",
        "0 20 * * *|2026-03-28T00:00:00Z|2026-03-30T00:00:00Z|[2026-03-28T19:00:00Z, 2026-03-29T18:00:00Z]",
        "30 * * * *|2026-03-29T00:00:00Z|2026-03-29T02:40:00Z|[2026-03-29T00:30:00Z, 2026-03-29T01:30:00Z, 2026-03-29T02:30:00Z]",
        "0 * * * *|2026-03-29T00:00:00Z|2026-03-29T02:40:00Z|[2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z]",
        "30 * * * *|2026-10-25T00:00:00Z|2026-10-25T03:00:00Z|[2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z, 2026-10-25T02:30:00Z]",
        "0 */2 * * *|2026-10-24T23:00:00Z|2026-10-25T03:30:00Z|[2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z, 2026-10-25T03:00:00Z]"})
    void changesOfClocksInAmsterdam(String expression, String from, String to, String expected) {
        assertEquals(expected, times(expression, from, to).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "0 0 13 * 5|2026-11-01T12:00:00Z|2026-11-14T12:00:00Z|[2026-11-05T23:00:00Z, 2026-11-12T23:00:00Z]",
        "0 0 29 2 *|2026-11-01T12:00:00Z|2029-01-01T00:00:00Z|[2028-02-28T23:00:00Z]",
        "0 0 1 L * *|2026-11-01T12:00:00Z|2027-01-01T00:00:00Z|[2026-11-30T00:00:00Z, 2026-12-31T00:00:00Z]",
        "15 0 20 * * MON-FRI|2026-11-21T12:00:00Z|2026-11-24T00:00:00Z|[2026-11-23T19:00:15Z]",
        "0 0 0 ? * FRI#2|2026-11-01T12:00:00Z|2026-12-31T00:00:00Z|[2026-11-12T23:00:00Z, 2026-12-10T23:00:00Z]",
        "@daily|2026-11-22T12:00:00Z|2026-11-23T12:00:00Z|[2026-11-22T23:00:00Z]"})
    void expressionsMeanWhatCrontabSays(String expression, String from, String to, String expected) {
        assertEquals(expected, times(expression, from, to).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z"})
    void anExpressionForEachMinuteGoesOnOverTheChange(String from) {
        Instant start = Instant.parse(from);
        List<String> all = times("* * * * *", from, start.plusSeconds(36_000).toString());
        assertEquals(600, all.size());
        assertEquals(start.plusSeconds(60).toString(), all.get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "duration=2h|'expression': a cron expression such as \"0 20 * * mon-fri\" was wanted, '' was found",
        "expression=0 20 * * *|either 'duration', such as 2h, or 'until'",
        "expression=0 20 * * *;duration=2h;until=0 22 * * *|either 'duration', such as 2h, or 'until'",
        "expression=0 20 * *;duration=2h|'expression': \"0 20 * *\" is no cron expression: five fields were wanted",
        "expression=99 20 * * *;duration=2h|'expression': \"99 20 * * *\" is no cron expression: ",
        "expression=0 0 30 2 *;duration=2h|'expression': \"0 0 30 2 *\" is no cron expression: there is no such time",
        "expression=0 20 * * *;until=0 0 30 2 *|'until': \"0 0 30 2 *\" is no cron expression: there is no such time",
        "expression=0 20 * * *;duration=0|'duration': a time such as",
        "expression=@reboot;duration=1h|'expression': \"@reboot\" is no cron expression: "})
    void whatIsWrongIsNamed(String parameters, String expected) {
        String problem = trigger.problem(Conditions.of("cron", new TurnedClock("2026-11-22T19:30:00Z"), parameters.split(";")));
        assertTrue(problem.startsWith(expected), problem);
    }

    @Test
    void beforeTheFirstThereIsNone() {
        assertNull(CronTimes.of("0 0 30 2 *", AMSTERDAM).upTo(Instant.parse("2026-11-22T19:30:00Z")));
    }
}
