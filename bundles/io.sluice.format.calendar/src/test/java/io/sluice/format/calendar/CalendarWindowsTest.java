package io.sluice.format.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarWindowsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aSingleEventIsOnFromItsStartToItsEnd() throws IOException {
        CalendarWindows windows = calendar(event("DTSTART:20261122T100000Z", "DTEND:20261122T113000Z", "SUMMARY:News\\, live"));
        assertEquals(List.of(new CalendarWindow(at("2026-11-22T10:00:00Z"), at("2026-11-22T11:30:00Z"), "News, live", "1")), day(windows, "2026-11-22"));
        assertEquals(List.of(), day(windows, "2026-11-21"));
        assertEquals(1, windows.between(at("2026-11-22T11:29:59Z"), at("2026-11-22T12:00:00Z")).size());
        assertEquals(0, windows.between(at("2026-11-22T11:30:00Z"), at("2026-11-22T12:00:00Z")).size());
        assertEquals(0, windows.between(at("2026-11-22T09:00:00Z"), at("2026-11-22T10:00:00Z")).size());
    }

    @Test
    void wallTimeStaysOverTheChangeOfClocks() throws IOException {
        CalendarWindows windows = calendar(event("DTSTART;TZID=Europe/Berlin:20261023T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY"));
        assertEquals("2026-10-24T18:00:00Z", day(windows, "2026-10-24").get(0).start().toString());
        assertEquals("2026-10-25T19:00:00Z", day(windows, "2026-10-25").get(0).start().toString());
    }

    @Test
    void zonesThatJavaDoesNotKnowAreTakenFromTheFile() throws IOException {
        String zone = "BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
            + "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
            + "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
        CalendarWindows windows = calendar(zone + event("DTSTART;TZID=W. Europe Standard Time:20260701T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY"));
        assertEquals("2026-07-02T18:00:00Z", day(windows, "2026-07-02").get(0).start().toString());
        assertEquals("2026-12-02T19:00:00Z", day(windows, "2026-12-02").get(0).start().toString());
    }

    @Test
    void timesWithoutAZoneAndWholeDaysAreTheReaders() throws IOException {
        CalendarWindows windows = CalendarWindows.parse(bytes(event("UID:a", "DTSTART:20261122T200000", "DURATION:PT1H") + event("UID:b", "DTSTART;VALUE=DATE:20261025",
            "SUMMARY:Long day")), BERLIN);
        assertEquals("2026-11-22T19:00:00Z", day(windows, "2026-11-22").get(0).start().toString());
        CalendarWindow whole = day(windows, "2026-10-25").get(0);
        assertEquals(at("2026-10-24T22:00:00Z"), whole.start());
        assertEquals(Duration.ofHours(25), Duration.between(whole.start(), whole.end()));
    }

    @Test
    void wholeDaysRecurAndAreExceptedToo() throws IOException {
        CalendarWindows windows = CalendarWindows.parse(bytes(event("DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20261103", "RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20261115",
            "SUMMARY:two days") + event("RECURRENCE-ID;VALUE=DATE:20261122", "DTSTART;VALUE=DATE:20261123", "SUMMARY:one day")), BERLIN);
        List<CalendarWindow> month = windows.between(at("2026-11-02T12:00:00Z"), at("2026-11-30T12:00:00Z"));
        assertEquals(List.of("2026-10-31T23:00:00Z two days", "2026-11-07T23:00:00Z two days", "2026-11-22T23:00:00Z one day", "2026-11-28T23:00:00Z two days"),
            month.stream().map(w -> w.start() + " " + w.summary()).toList());
    }

    @Test
    void exceptionsAndChangedRecurrencesCount() throws IOException {
        CalendarWindows windows = calendar(event("DTSTART;TZID=Europe/Berlin:20261116T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Berlin:20261118T200000", "SUMMARY:Show")
            + event("RECURRENCE-ID;TZID=Europe/Berlin:20261119T200000", "DTSTART;TZID=Europe/Berlin:20261119T220000", "DURATION:PT30M", "SUMMARY:Late show")
            + event("RECURRENCE-ID;TZID=Europe/Berlin:20261120T200000", "DTSTART;TZID=Europe/Berlin:20261120T200000", "DURATION:PT1H", "STATUS:CANCELLED"));
        assertEquals(1, day(windows, "2026-11-17").size());
        assertEquals(List.of(), day(windows, "2026-11-18"));
        assertEquals("[CalendarWindow[start=2026-11-19T21:00:00Z, end=2026-11-19T21:30:00Z, summary=Late show, uid=1]]", day(windows, "2026-11-19").toString());
        assertEquals(List.of(), day(windows, "2026-11-20"));
        assertEquals(1, day(windows, "2026-11-21").size());
    }

    @Test
    void extraDatesCount() throws IOException {
        CalendarWindows windows = calendar(event("DTSTART:20261101T100000Z", "DURATION:PT1H", "RDATE:20261122T150000Z,20261123T150000Z"));
        assertEquals(at("2026-11-22T15:00:00Z"), day(windows, "2026-11-22").get(0).start());
        assertEquals(1, day(windows, "2026-11-01").size());
    }

    @Test
    void aComingWeekIsAnsweredInOrder() throws IOException {
        CalendarWindows windows = calendar(event("UID:a", "DTSTART:20200106T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR", "SUMMARY:a")
            + event("UID:b", "DTSTART:20200107T083000Z", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;BYDAY=WE,TU", "SUMMARY:b"));
        List<CalendarWindow> week = windows.between(at("2026-11-23T00:00:00Z"), at("2026-11-30T00:00:00Z"));
        assertEquals("a b b a a", String.join(" ", week.stream().map(CalendarWindow::summary).toList()));
    }

    @Test
    void foldedLinesAndForeignPartsAreUnderstood() throws IOException {
        CalendarWindows windows = calendar("BEGIN:VTODO\r\nDTSTART:20261122T000000Z\r\nEND:VTODO\r\n" + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:2026\r\n 1122T100000Z\r\nDURATION:PT1H\r\nSUMM\r\n\tARY:On\r\n  air\r\n"
            + "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nSUMMARY:alarm\r\nEND:VALARM\r\nATTACH:" + "x".repeat(100_000) + "\r\nEND:VEVENT\r\n");
        assertEquals("On air", day(windows, "2026-11-22").get(0).summary());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREQ=SECONDLY", "FREQ=SECONDLY;INTERVAL=7", "FREQ=SECONDLY;INTERVAL=10000", "FREQ=SECONDLY;COUNT=1000000", "FREQ=MINUTELY", "FREQ=HOURLY;INTERVAL=10000",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYSECOND=1;BYMINUTE=1;BYHOUR=1;BYMONTHDAY=29;BYMONTH=2", "FREQ=DAILY;INTERVAL=10000", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=-1",
        "FREQ=YEARLY;BYSECOND=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYYEARDAY=1,2,3,4,5,6,7,8,9", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=7",
        "FREQ=SECONDLY;COUNT=2000000000", "FREQ=SECONDLY;BYSETPOS=1", "FREQ=SECONDLY;INTERVAL=999999999", "FREQ=HOURLY;BYMONTH=13", "FREQ=NEVER", "COUNT=5", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;COUNT=-5", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;UNTIL=nonsense"})
    void noRuleCostsMuch(String rule) {
        for (String start : List.of("DTSTART:19700101T000000Z", "DTSTART:20261101T000000Z", "DTSTART:00010101T000000Z", "DTSTART;VALUE=DATE:20200101")) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                CalendarWindows windows = calendar(event(start, "DURATION:PT1S", "RRULE:" + rule, "SUMMARY:much"));
                assertTrue(windows.between(at("2026-11-22T10:00:00Z"), at("2026-11-22T10:01:00Z")).size() <= 60);
            }, rule + " " + start);
        }
    }

    @Test
    void everySecondForEverIsAnsweredForAMinuteAndRefusedForAYear() throws IOException {
        CalendarWindows windows = calendar(event("DTSTART:19700101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"));
        assertEquals(60, windows.between(at("2026-11-22T10:00:00Z"), at("2026-11-22T10:01:00Z")).size());
        assertTrue(assertThrows(IOException.class, () -> windows.between(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))).getMessage().contains("too many recurrences"));
    }

    @Test
    void rulesOfZonesCannotRecurWithoutEnd() {
        String zone = "BEGIN:VTIMEZONE\r\nTZID:Evil/Zone\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> calendar(zone + event("DTSTART;TZID=Evil/Zone:20261122T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY"))
            .between(at("2026-11-22T00:00:00Z"), at("2026-11-23T00:00:00Z")));
    }

    @Test
    void anEventThatCannotBeUnderstoodDoesNotHideTheOthers() throws IOException {
        CalendarWindows windows = calendar(event("UID:a", "DTSTART:20200101T100000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY;BYSETPOS=1", "SUMMARY:bad") + event("UID:b", "SUMMARY:none")
            + event("UID:c", "DTSTART:20261122T100000Z", "DURATION:PT1H", "SUMMARY:good"));
        assertEquals(List.of("good"), day(windows, "2026-11-22").stream().map(CalendarWindow::summary).toList());
        assertEquals(List.of("the event 'bad' is left out: its rule has BYSETPOS with SECONDLY", "the event 'none' is left out: it has no DTSTART"), windows.problems());
    }

    @Test
    void whatIsNoCalendarIsSaid() {
        assertTrue(assertThrows(IOException.class, () -> CalendarWindows.parse("<html>".getBytes(StandardCharsets.UTF_8), BERLIN)).getMessage().contains("BEGIN:VCALENDAR"));
        assertTrue(assertThrows(IOException.class, () -> CalendarWindows.parse(new byte[CalendarWindows.MAX_DOCUMENT_BYTES + 1], BERLIN)).getMessage().contains("bytes"));
        assertTrue(assertThrows(IOException.class, () -> calendar("BEGIN:VEVENT\r\nEND:VEVENT\r\n".repeat(20_001))).getMessage().contains("20000 events"));
    }

    private static CalendarWindows calendar(String parts) throws IOException {
        return CalendarWindows.parse(bytes(parts), ZoneId.of("UTC"));
    }

    private static byte[] bytes(String parts) {
        return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n" + parts + "END:VCALENDAR\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String... lines) {
        String uid = lines[0].startsWith("UID") ? "" : "UID:1\r\n";
        return "BEGIN:VEVENT\r\n" + uid + "DTSTAMP:20260101T000000Z\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT\r\n";
    }

    private static List<CalendarWindow> day(CalendarWindows windows, String day) throws IOException {
        return windows.between(at(day + "T00:00:00Z"), at(day + "T00:00:00Z").plus(Duration.ofDays(1)));
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }
}
