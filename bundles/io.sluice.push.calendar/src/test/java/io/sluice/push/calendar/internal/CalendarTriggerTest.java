package io.sluice.push.calendar.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.sluice.api.net.Loops;
import io.sluice.api.push.PushCondition;
import io.sluice.testkit.Await;
import io.sluice.testkit.Configured;
import io.sluice.testkit.push.Conditions;
import io.sluice.testkit.push.SeenSwitch;
import io.sluice.testkit.push.TurnedClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTriggerTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    @TempDir
    Path home;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final TurnedClock clock = new TurnedClock("2026-11-22T09:00:00Z");
    private final SeenSwitch state = new SeenSwitch();
    private Path file;
    private CalendarTrigger trigger;

    @BeforeEach
    void begin() throws IOException {
        file = Files.createDirectories(home.resolve("files")).resolve("programme.ics");
        trigger = new CalendarTrigger(home, new Loops() {
            @Override
            public ScheduledExecutorService next() {
                return loop;
            }

            @Override
            public Executor workers() {
                return workers;
            }
        }, config(true));
    }

    private static CalendarConfig config(boolean allowPrivate) {
        return Configured.as(CalendarConfig.class, Map.of("allowPrivate", allowPrivate));
    }

    @AfterEach
    void end() {
        trigger.close();
        loop.shutdownNow();
        workers.shutdownNow();
    }

    private static String calendar(String... events) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n" + String.join("", events) + "END:VCALENDAR\r\n";
    }

    private static String event(String... lines) {
        return "BEGIN:VEVENT\r\nUID:" + String.join("|", lines).hashCode() + "\r\nDTSTAMP:20260101T000000Z\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT\r\n";
    }

    private PushCondition condition(String... parameters) {
        return Conditions.of("calendar", clock, parameters);
    }

    private void awaited(String expected) {
        Await.until(() -> expected + "; it is " + state.state() + ": " + state.why(), LONG, () -> expected.equals(state.state()));
    }

    @Test
    void itIsOnWhileAnEventIs() throws Exception {
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DTEND:20261122T110000Z", "SUMMARY:On Air: News"),
            event("DTSTART:20261122T103000Z", "DURATION:PT1H", "SUMMARY:On air: Weather"), event("DTSTART:20261122T093000Z", "DURATION:PT1H", "SUMMARY:Lunch")));
        AutoCloseable watch = trigger.watch(condition("target=programme.ics", "match=on air"), state);
        awaited("off");
        clock.goTo("2026-11-22T09:59:59Z");
        assertEquals("off: no such event is on", state.state() + ": " + state.why());
        clock.goTo("2026-11-22T10:00:00Z");
        assertEquals("on: 'On Air: News' is on", state.state() + ": " + state.why());
        clock.goTo("2026-11-22T10:30:00Z");
        assertEquals("on: 'On air: Weather' is on", state.state() + ": " + state.why());
        clock.goTo("2026-11-22T11:30:00Z");
        assertEquals(List.of("off", "on", "off"), state.turns());
        clock.jump("2026-11-22T10:15:00Z");
        assertEquals("on", state.state());
        watch.close();
        watch.close();
        assertEquals(0, clock.waiting());
    }

    /** On Fridays at eight in Amsterdam; the clocks there change on 2026-10-25. */
    @Test
    void recurrencesKeepToTheirZone() throws Exception {
        Files.writeString(file, calendar(event("DTSTART;TZID=Europe/Amsterdam:20261016T200000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;BYDAY=FR", "EXDATE;TZID=Europe/Amsterdam:20261106T200000",
            "SUMMARY:Friday night")));
        List<String> spans = trigger.outlook(condition("target=programme.ics", "pattern=^Friday"), Instant.parse("2026-10-20T00:00:00Z"), Instant.parse("2026-11-15T00:00:00Z")).stream()
            .map(s -> s.from() + " " + s.to() + " " + s.on()).toList();
        assertEquals(List.of("2026-10-20T00:00:00Z 2026-10-23T18:00:00Z false", "2026-10-23T18:00:00Z 2026-10-23T20:00:00Z true", "2026-10-23T20:00:00Z 2026-10-30T19:00:00Z false",
            "2026-10-30T19:00:00Z 2026-10-30T21:00:00Z true", "2026-10-30T21:00:00Z 2026-11-13T19:00:00Z false", "2026-11-13T19:00:00Z 2026-11-13T21:00:00Z true",
            "2026-11-13T21:00:00Z 2026-11-15T00:00:00Z false"), spans);
    }

    @Test
    void aChangedFileIsReadAtOnceAndABrokenOneTakesNothingAway() throws Exception {
        Files.writeString(file, calendar(event("DTSTART:20261122T080000Z", "DURATION:PT2H", "SUMMARY:one")));
        trigger.watch(condition("target=programme.ics", "refresh=1h"), state);
        awaited("on");
        Files.writeString(file, calendar(event("DTSTART:20261122T090000Z", "DURATION:PT2H", "SUMMARY:two")));
        Await.until("the other event", LONG, () -> state.why().equals("'two' is on"));
        Files.writeString(file, "broken");
        Files.writeString(home.resolve("files/other.ics"), calendar());
        SeenSwitch other = new SeenSwitch();
        trigger.watch(condition("target=other.ics"), other);
        Await.until("a later read", LONG, () -> other.state().equals("off"));
        assertEquals(List.of("on"), state.turns());
        Files.writeString(file, calendar());
        awaited("off");
    }

    @Test
    void whatCannotBeReadIsUnknownUntilItCanBe() throws Exception {
        trigger.watch(condition("target=programme.ics", "refresh=1s"), state);
        awaited("unknown");
        assertTrue(state.why().startsWith("programme.ics cannot be read: "), state.why());
        Files.writeString(file, calendar(event("DTSTART:20261122T080000Z", "DURATION:PT2H", "SUMMARY:one")));
        awaited("on");
        SeenSwitch other = new SeenSwitch();
        trigger.watch(condition("target=../secret.ics"), other);
        Await.until("a refusal", LONG, () -> other.why().contains("outside of the folders"));
    }

    @Test
    void aUrlIsReadOnceForAllAndOnlyWhileItMayBe() throws Exception {
        byte[] body = calendar(event("DTSTART:20261122T080000Z", "DURATION:PT2H", "SUMMARY:one")).getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/", x -> {
            requests.incrementAndGet();
            x.sendResponseHeaders(200, body.length);
            x.getResponseBody().write(body);
            x.close();
        });
        server.start();
        try {
            String target = "target=http://127.0.0.1:" + server.getAddress().getPort() + "/programme.ics";
            SeenSwitch other = new SeenSwitch();
            trigger.watch(condition(target, "match=one"), state);
            trigger.watch(condition(target, "match=two"), other);
            awaited("on");
            Await.until("both", LONG, () -> other.state().equals("off"));
            assertEquals(1, requests.get());
            trigger.configure(config(false));
            awaited("unknown");
            assertTrue(state.why().contains("denied by the address policy io.sluice.push.calendar"), state.why());
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"match=a|'target': an iCalendar file or URL", "target=http://|'target': a URL with a host", "target=a.ics;pattern=(|'pattern': a regular expression was wanted",
        "target=a.ics;zone=Mars|'zone': a time zone", "target=a.ics;refresh=often|'refresh': a time such as", "target=a.ics;value=summary|'value' is no parameter of calendar",
        "target=http://user:secret@studio.example/x.ics|'target': denied by the address policy io.sluice.push.calendar"})
    void whatIsWrongIsNamed(String parameters, String expected) {
        String problem = trigger.problem(condition(parameters.split(";")));
        assertTrue(problem.startsWith(expected), () -> problem + " for " + parameters);
    }
}
