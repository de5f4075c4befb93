package io.sluice.push.time.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushSpan;
import io.sluice.testkit.push.Conditions;
import io.sluice.testkit.push.SeenSwitch;
import io.sluice.testkit.push.TurnedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTriggerTest {
    private static final String AMSTERDAM = "zone=Europe/Amsterdam";
    private final TimeTrigger trigger = new TimeTrigger();

    private List<String> on(String from, String to, String... parameters) {
        Instant end = Instant.parse(to);
        List<PushSpan> spans = trigger.outlook(Conditions.of("time", new TurnedClock(from), parameters), Instant.parse(from), end);
        assertEquals(Instant.parse(from), spans.get(0).from());
        assertEquals(end, spans.get(spans.size() - 1).to());
        return spans.stream().filter(PushSpan::on).map(s -> s.from() + "/" + s.to()).toList();
    }

    private String problem(String... parameters) {
        return trigger.problem(Conditions.of("time", new TurnedClock("2026-11-22T20:14:00Z"), parameters));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T20:00:00Z", "2026-11-22T21:00:00+01:00", "2026-11-22T21:00:00+01:00[Europe/Amsterdam]", "2026-11-22T21:00", "2026-11-22 21:00", "1795377600"})
    void anInstantCanBeWrittenSo(String text) {
        assertEquals(List.of("2026-11-22T20:00:00Z/2026-11-23T00:00:00Z"), on("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z", "from=" + text, AMSTERDAM));
    }

    @Test
    void aWindowOfInstantsIsOnFromTheFirstUpToTheLast() throws Exception {
        TurnedClock clock = new TurnedClock("2026-11-22T19:00:00Z");
        SeenSwitch state = new SeenSwitch();
        AutoCloseable watch = trigger.watch(Conditions.of("time", clock, "from=2026-11-22T20:00:00Z", "until=2026-11-22T22:00:00Z", AMSTERDAM), state);
        assertEquals("it begins at 2026-11-22 21:00 in Europe/Amsterdam", state.why());
        clock.goTo("2026-11-22T20:00:00Z");
        assertEquals("on", state.state());
        assertEquals("it began at 2026-11-22 21:00 in Europe/Amsterdam until 2026-11-22 23:00 in Europe/Amsterdam", state.why());
        clock.goTo("2026-11-22T22:00:00Z");
        assertEquals("off", state.state());
        clock.jump("2026-11-22T21:30:00Z");
        assertEquals(List.of("off", "on", "off", "on"), state.turns());
        watch.close();
        assertEquals(0, clock.waiting());
    }

    @Test
    void hoursOfDaysOfTheWeek() {
        assertEquals(List.of("2026-11-20T19:00:00Z/2026-11-20T21:00:00Z", "2026-11-23T19:00:00Z/2026-11-23T21:00:00Z"),
            on("2026-11-20T12:00:00Z", "2026-11-24T12:00:00Z", "days=mon-fri", "from=20:00", "to=22:00", AMSTERDAM));
        assertEquals(List.of("2026-11-20T23:00:00Z/2026-11-22T23:00:00Z"), merged(on("2026-11-20T12:00:00Z", "2026-11-25T12:00:00Z", "days=Saturday, sun", AMSTERDAM)));
    }

    private static List<String> merged(List<String> spans) {
        assertEquals(spans.get(0).split("/")[1], spans.get(1).split("/")[0]);
        return List.of(spans.get(0).split("/")[0] + "/" + spans.get(spans.size() - 1).split("/")[1]);
    }

    @Test
    void aWindowOverMidnightBelongsToTheDayOnWhichItBegins() {
        assertEquals(List.of("2026-11-20T21:00:00Z/2026-11-21T01:00:00Z"), on("2026-11-20T12:00:00Z", "2026-11-26T12:00:00Z", "days=fri", "from=22:00", "to=02:00", AMSTERDAM));
        assertEquals(List.of("2026-11-20T21:00:00Z/2026-11-20T23:00:00Z"), on("2026-11-20T12:00:00Z", "2026-11-26T12:00:00Z", "days=fri", "from=22:00", "to=24:00", AMSTERDAM));
    }

    @Test
    void windowsThatMeetDoNotFlicker() throws Exception {
        TurnedClock clock = new TurnedClock("2026-11-22T12:00:00Z");
        SeenSwitch state = new SeenSwitch();
        try (AutoCloseable watch = trigger.watch(Conditions.of("time", clock, "days=mon-sun"), state)) {
            clock.pass(Duration.ofDays(5));
            assertEquals(List.of("on"), state.turns());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // summer time begins on 2026-03-29 at 02:00, which is 03:00
        "2026-03-28T12:00:00Z, 2026-03-29T12:00:00Z, 20:00, 22:00, 2026-03-28T19:00:00Z/2026-03-28T21:00:00Z",
        "2026-03-29T12:00:00Z, 2026-03-30T12:00:00Z, 20:00, 22:00, 2026-03-29T18:00:00Z/2026-03-29T20:00:00Z",
        "2026-03-29T00:00:00Z, 2026-03-29T12:00:00Z, 02:30, 04:00, 2026-03-29T01:30:00Z/2026-03-29T02:00:00Z",
        "2026-03-29T00:00:00Z, 2026-03-29T12:00:00Z, 02:15, 02:45, 2026-03-29T01:15:00Z/2026-03-29T01:45:00Z",
        "2026-03-29T00:00:00Z, 2026-03-29T12:00:00Z, 02:45, 03:15, ''",
        "2026-03-28T12:00:00Z, 2026-03-29T12:00:00Z, 22:00, 06:00, 2026-03-28T21:00:00Z/2026-03-29T04:00:00Z",
        // and ends on 2026-10-25 at 03:00, which is 02:00
        "2026-10-24T12:00:00Z, 2026-10-25T12:00:00Z, 22:00, 06:00, 2026-10-24T20:00:00Z/2026-10-25T05:00:00Z",
        "2026-10-24T23:00:00Z, 2026-10-25T12:00:00Z, 02:30, 03:30, 2026-10-25T00:30:00Z/2026-10-25T02:30:00Z",
        "2026-10-24T23:00:00Z, 2026-10-25T12:00:00Z, 02:15, 02:45, 2026-10-25T00:15:00Z/2026-10-25T00:45:00Z"})
    void changesOfClocksInAmsterdam(String start, String end, String from, String to, String expected) {
        assertEquals(expected.isEmpty() ? List.of() : List.of(expected), on(start, end, "from=" + from, "to=" + to, AMSTERDAM));
    }

    @Test
    void aZoneThatLeftOutADayIsFollowed() {
        assertEquals(List.of("2011-12-29T18:00:00Z/2011-12-29T20:00:00Z", "2011-12-30T18:00:00Z/2011-12-30T20:00:00Z"),
            on("2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z", "from=08:00", "to=10:00", "zone=Pacific/Apia"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "from=25:00|'from': a time of day such as 20:00 or 20:00:30 was wanted, '25:00' was found",
        "from=soon|'from': a time of day such as 20:00, an instant such as 2026-11-22T20:00:00Z or 2026-11-22T20:00, or Unix seconds was wanted, 'soon' was found",
        "until=20:00|'until': a time of day such as",
        "from=20:00;to=20:00|'to' is the same as 'from'",
        "days=mon-frei|'days': days such as mon-fri or sat,sun was wanted",
        "from=20:00;until=2026-11-22T20:00|'until' is an instant",
        "from=2026-11-23T20:00;until=2026-11-22T20:00|'until' is not after 'from'",
        "at=20:00|'at' is no parameter of time",
        "zone=Mars|'zone': a time zone",
        "zone=UTC|'from' and 'until' are missing"})
    void whatIsWrongIsNamed(String parameters, String expected) {
        String[] all = parameters.split(";");
        assertTrue(problem(all).startsWith(expected), () -> problem(all));
        assertThrows(IllegalArgumentException.class, () -> trigger.watch(Conditions.of("time", new TurnedClock("2026-11-22T20:14:00Z"), all), new SeenSwitch()));
    }

    @Test
    void nothingIsWrongWithTheExamples() {
        assertEquals("", problem("from=1795464000"));
        assertEquals("", problem("days=mon-fri", "from=20:00", "to=22:00", AMSTERDAM));
        assertEquals("", problem("days=fri-mon", "from=9:00"));
    }
}
