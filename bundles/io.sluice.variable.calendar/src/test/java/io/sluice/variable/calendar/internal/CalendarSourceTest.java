package io.sluice.variable.calendar.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.sluice.api.variable.VariableRequest;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarSourceTest {
    @TempDir
    Path home;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final SetClock clock = new SetClock();
    private Path file;
    private CalendarSource source;
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "";
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String condition;

    @BeforeEach
    void begin() throws IOException {
        file = Files.createDirectories(home.resolve("files")).resolve("programme.ics");
        source = new CalendarSource(home, clock, false, List.of("127.0.0.1"), "");
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        server.createContext("/", x -> {
            requests.incrementAndGet();
            condition = x.getRequestHeaders().getFirst("If-None-Match");
            x.getResponseHeaders().set("ETag", "\"" + answer.hashCode() + "\"");
            boolean same = ("\"" + answer.hashCode() + "\"").equals(condition);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            x.sendResponseHeaders(same ? 304 : status, same ? -1 : body.length);
            if (!same) {
                x.getResponseBody().write(body);
            }
            x.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        source.close();
        server.stop(0);
        workers.shutdownNow();
    }

    @Test
    void theValueIsTrueWhileAnEventIsOn() throws Exception {
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DTEND:20261122T110000Z", "SUMMARY:News"), event("DTSTART:20261122T103000Z", "DURATION:PT1H",
            "SUMMARY:Weather")));
        Map<String, String> ask = Map.of("target", "programme.ics");
        assertEquals("false", at("2026-11-22T09:59:59Z", ask));
        assertEquals("true", at("2026-11-22T10:00:00Z", ask));
        assertEquals("true", at("2026-11-22T11:29:59Z", ask));
        assertEquals("false", at("2026-11-22T11:30:00Z", ask));
    }

    /** Both are old, so that the first is known by its stamp when the second comes. */
    @Test
    void aChangedFileIsNoticed() throws Exception {
        Map<String, String> ask = Map.of("target", "programme.ics", "value", "summary");
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:first")));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        assertEquals("first", at("2026-11-22T10:00:00Z", ask));
        assertEquals("first", at("2026-11-22T10:00:01Z", ask));
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:other")));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_001_000L));
        assertEquals("other", at("2026-11-22T10:00:02Z", ask));
    }

    @Test
    void theSummaryIsTheOneThatBeganLast() throws Exception {
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DTEND:20261122T120000Z", "SUMMARY:Morning"), event("DTSTART:20261122T103000Z", "DURATION:PT30M",
            "SUMMARY:Weather")));
        Map<String, String> ask = Map.of("target", "programme.ics", "value", "summary");
        assertEquals("", at("2026-11-22T09:00:00Z", ask));
        assertEquals("Morning", at("2026-11-22T10:29:59Z", ask));
        assertEquals("Weather", at("2026-11-22T10:30:00Z", ask));
        assertEquals("Morning", at("2026-11-22T11:00:00Z", ask));
        assertEquals("", at("2026-11-22T12:00:00Z", ask));
    }

    @Test
    void eventsAreChosenByTextOrExpression() throws Exception {
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:On Air: News"), event("DTSTART:20261122T120000Z", "DURATION:PT1H", "SUMMARY:Lunch 12")));
        assertEquals("true", at("2026-11-22T10:10:00Z", Map.of("target", "programme.ics", "match", "on air")));
        assertEquals("false", at("2026-11-22T12:10:00Z", Map.of("target", "programme.ics", "match", "on air")));
        assertEquals("true", at("2026-11-22T12:10:00Z", Map.of("target", "programme.ics", "pattern", "^Lunch \\d+$")));
        assertEquals("false", at("2026-11-22T10:10:00Z", Map.of("target", "programme.ics", "pattern", "^Lunch \\d+$")));
    }

    @Test
    void anExpressionCannotHoldAThread() throws Exception {
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:" + "a".repeat(200) + "!")));
        assertTrue(failure("2026-11-22T10:10:00Z", Map.of("target", "programme.ics", "pattern", "^(.*a){12}x")).startsWith("'pattern' takes too long"));
    }

    @Test
    void timesWithoutAZoneAreInTheConfiguredOne() throws Exception {
        Files.writeString(file, calendar(event("DTSTART:20261122T100000", "DURATION:PT1H")));
        assertEquals("true", at("2026-11-22T15:30:00Z", Map.of("target", "programme.ics", "zone", "America/New_York")));
        assertEquals("false", at("2026-11-22T10:30:00Z", Map.of("target", "programme.ics", "zone", "America/New_York")));
    }

    @Test
    void aChangedFileIsSeenAndABrokenOneDoesNotTakeTheValueAway() throws Exception {
        Map<String, String> ask = Map.of("target", "programme.ics", "value", "summary");
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:one")));
        assertEquals("one", at("2026-11-22T10:10:00Z", ask));
        Files.writeString(file, calendar(event("DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:two"), event("DTSTART:20261122T110000Z", "DURATION:PT1H", "SUMMARY:three")));
        assertEquals("two", at("2026-11-22T10:10:01Z", ask));
        Files.writeString(file, "broken");
        assertEquals("two", at("2026-11-22T10:10:02Z", ask));
        assertEquals("three", at("2026-11-22T11:10:02Z", ask));
        assertTrue(failure("2026-11-23T10:10:02Z", ask).contains("BEGIN:VCALENDAR"));
    }

    @Test
    void aUrlIsAskedOncePerRefreshForAll() throws Exception {
        answer = calendar(event("DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:one"));
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/programme.ics";
        for (int i = 0; i < 20; i++) {
            assertEquals("true", at("2026-11-22T10:10:" + (10 + i) + "Z", Map.of("target", url, "match", i % 2 == 0 ? "one" : "")));
        }
        assertEquals(1, requests.get());
        assertEquals("true", at("2026-11-22T10:12:00Z", Map.of("target", url)));
        assertEquals(2, requests.get());
        assertNotNull(condition);
        answer = calendar(event("DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:two"));
        assertEquals("two", at("2026-11-22T10:14:00Z", Map.of("target", url, "value", "summary")));
        status = 500;
        answer = "";
        assertEquals("two", at("2026-11-22T10:16:00Z", Map.of("target", url, "value", "summary")));
        assertEquals("", at("2026-11-22T11:00:00Z", Map.of("target", url, "value", "summary")));
        assertEquals("the server answered 500", failure("2026-11-24T10:16:00Z", Map.of("target", url)));
    }

    @Test
    void whatMayNotBeReadIsDenied() {
        assertTrue(failure("2026-11-22T10:00:00Z", Map.of("target", "../secret.ics")).contains("outside of the folders"));
        assertTrue(failure("2026-11-22T10:00:00Z", Map.of("target", "http://127.0.0.2/x.ics")).startsWith("denied by the address policy io.sluice.variable.calendar"));
        source.configure((CalendarConfig) java.lang.reflect.Proxy.newProxyInstance(CalendarConfig.class.getClassLoader(), new Class<?>[] {CalendarConfig.class},
            (p, m, a) -> m.getName().equals("allowPrivate") ? (Object) false : m.getName().equals("trust") ? "" : new String[0]));
        assertTrue(failure("2026-11-22T10:00:00Z", Map.of("target", "http://127.0.0.1/x.ics")).startsWith("denied by the address policy io.sluice.variable.calendar"));
    }

    @Test
    void aThousandMillionRecurrencesAreLeftOut() throws Exception {
        Files.writeString(file, calendar(event("DTSTART:19700101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;COUNT=1000000000", "SUMMARY:bad"),
            event("DTSTART:19700101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;INTERVAL=2", "SUMMARY:blink")));
        assertEquals("blink", at("2026-11-22T10:00:00Z", Map.of("target", "programme.ics", "value", "summary")));
        assertEquals("", at("2026-11-22T10:00:01Z", Map.of("target", "programme.ics", "value", "summary")));
    }

    @Test
    void changesAreToldAtTheirSecondWithoutAsking() throws Exception {
        Clock now = Clock.systemUTC();
        DateTimeFormatter form = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
        Instant start = now.instant().plusSeconds(2);
        Files.writeString(file, calendar(event("DTSTART:" + form.format(start), "DURATION:PT1S", "SUMMARY:soon")));
        try (CloseableSource real = new CloseableSource(new CalendarSource(home, now, false, List.of(), ""))) {
            VariableRequest request = request(Map.of("target", "programme.ics", "value", "summary"));
            List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
            AutoCloseable watch = real.source.watch(request, () -> told.add(form.format(now.instant()) + " " + value(real.source, request)));
            assertEquals("", value(real.source, request));
            Await.until(() -> "told: " + told, Duration.ofSeconds(20), () -> told.stream().anyMatch(t -> t.endsWith("soon")) && told.get(told.size() - 1).endsWith("Z "));
            assertTrue(told.contains(form.format(start) + " soon"), told.toString());
            watch.close();
        }
        Await.until("no thread is left", Duration.ofSeconds(10), () -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("variable-calendar-watch")));
    }

    @Test
    void wrongParametersAreNamedBeforeAnythingIsRead() {
        assertEquals("", problem(Map.of("target", "programme.ics", "pattern", "a|b", "zone", "Europe/Berlin")));
        assertTrue(problem(Map.of()).startsWith("'target' is empty"));
        assertTrue(problem(Map.of("target", "a", "value", "maybe")).startsWith("'value': onair or summary"));
        assertTrue(problem(Map.of("target", "a", "pattern", "(")).startsWith("'pattern': a regular expression"));
        assertTrue(problem(Map.of("target", "a", "zone", "Mars/Base")).startsWith("'zone': a time zone"));
        assertTrue(problem(Map.of("target", "a", "refreshMillis", "often")).startsWith("'refreshMillis'"));
        assertTrue(problem(Map.of("target", "http://user@h.example/")).startsWith("'target': denied by the address policy"));
        assertNull(source.watch(request(Map.of()), () -> { }));
    }

    private record CloseableSource(CalendarSource source) implements AutoCloseable {
        @Override
        public void close() {
            source.close();
        }
    }

    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static String calendar(String... events) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n" + String.join("", events) + "END:VCALENDAR\r\n";
    }

    private static String event(String... lines) {
        return "BEGIN:VEVENT\r\nUID:" + String.join("", lines).hashCode() + "\r\nDTSTAMP:20260101T000000Z\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT\r\n";
    }

    private static String value(CalendarSource source, VariableRequest request) {
        try {
            return source.read(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            return e.toString();
        }
    }

    private String at(String instant, Map<String, String> parameters) throws Exception {
        clock.now = Instant.parse(instant);
        return source.read(request(parameters)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private String failure(String instant, Map<String, String> parameters) {
        return assertThrows(ExecutionException.class, () -> at(instant, parameters)).getCause().getMessage();
    }

    private String problem(Map<String, String> parameters) {
        return source.problem(request(parameters));
    }

    private VariableRequest request(Map<String, String> parameters) {
        return new VariableRequest("v", new HashMap<>(parameters), 20_000, 64, workers);
    }
}
