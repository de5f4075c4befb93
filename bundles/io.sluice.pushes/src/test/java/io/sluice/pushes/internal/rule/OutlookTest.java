package io.sluice.pushes.internal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.push.PushSpan;
import io.sluice.pushes.internal.run.Damper;
import io.sluice.pushes.internal.run.DampedSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines of a timeline are written as a sign for each second: 1 on, 0 off, - not known. */
class OutlookTest {
    private static final Instant ZERO = Instant.ofEpochSecond(1_000_000);

    private static List<PushSpan> spans(String line) {
        List<PushSpan> result = new ArrayList<>();
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) != '-') {
                result.add(new PushSpan(ZERO.plusSeconds(i), ZERO.plusSeconds(i + 1), line.charAt(i) == '1', "s" + line.charAt(i)));
            }
        }
        return result;
    }

    private static String line(List<PushSpan> spans, int length) {
        StringBuilder line = new StringBuilder("-".repeat(length));
        for (PushSpan s : spans) {
            for (long i = s.from().getEpochSecond(); i < s.to().getEpochSecond(); i++) {
                line.setCharAt((int) (i - ZERO.getEpochSecond()), s.on() ? '1' : '0');
            }
        }
        return line.toString();
    }

    private static String of(String rule, Map<String, String> lines) {
        int length = lines.values().iterator().next().length();
        return line(Outlook.of(RuleParser.parse(rule), c -> spans(lines.get(c.type())), ZERO, ZERO.plusSeconds(length)), length);
    }

    @Test
    void threeValues() {
        Map<String, String> lines = Map.of("a", "111000---", "b", "10-10-10-");
        assertEquals("10-000-0-", of("a and b", lines));
        assertEquals("11110-1--", of("a or b", lines));
        assertEquals("000111---", of("not a", lines));
        assertEquals("01-0000--", of("a and not b", lines));
    }

    @Test
    void aReasonIsOneLine() {
        assertEquals("$x is a b", Seen.of(true, "$x is a\r\nb").why());
        assertEquals(301, Seen.of(true, "x".repeat(1000)).why().length());
    }

    @Test
    void neighboursThatAreEqualBecomeOne() {
        List<PushSpan> one = Outlook.of(RuleParser.parse("a"), c -> spans("1111"), ZERO, ZERO.plusSeconds(4));
        assertEquals(List.of(new PushSpan(ZERO, ZERO.plusSeconds(4), true, "s1")), one);
    }

    @Test
    void boundsInTimeCut() {
        List<PushSpan> all = spans("1111111");
        assertEquals("0011110", line(Outlook.within(all, ZERO.plusSeconds(2), ZERO.plusSeconds(6), ZERO, ZERO.plusSeconds(7)), 7));
        assertEquals("1111111", line(Outlook.within(all, Instant.MIN, Instant.MAX, ZERO, ZERO.plusSeconds(7)), 7));
    }

    @Test
    void leastTimesHold() {
        long second = 1_000_000_000;
        assertEquals("011110011", line(DampedSpans.of(spans("010000011"), new Damper.Times(4 * second, 2 * second, 0, 0)), 9));
        assertEquals("000011111", line(DampedSpans.of(spans("101111011"), new Damper.Times(0, 0, 2 * second, 2 * second)), 9));
        assertEquals("1--1", line(DampedSpans.of(spans("1--1"), new Damper.Times(0, 0, 0, 0)), 4));
    }
}
