package io.sluice.variables.internal.expand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.variable.Expansion;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpanderTest {
    private static final Map<String, String> PLACE = Map.of("stream", "cam+front", "source", "file:x.mp4");
    private final Map<String, Expander.Value> values = new HashMap<>();
    private ZonedDateTime now = ZonedDateTime.of(2026, 2, 5, 7, 8, 9, 0, ZoneId.of("Europe/Amsterdam"));
    private final Expander expander = new Expander(values::get, () -> now);

    private void set(String name, String value) {
        values.put(name, new Expander.Value(value, true));
    }

    private void outside(String name, String value) {
        values.put(name, new Expander.Value(value, false));
    }

    private String text(String template) {
        Expansion expansion = expander.expand(template, PLACE);
        assertEquals("", expansion.problem());
        return expansion.text();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "plain, plain",
        "$studio, north",
        "a$studio/b, anorth/b",
        "${studio}b, northb",
        "$studio$studio, northnorth",
        "$studio.mp4, north.mp4",
        "$studio-1_2, north-1_2",
        "$studio_$year.ts, north_2026.ts",
        "$$studio, $studio",
        "$$$studio, $north",
        "costs 5$, costs 5$",
        "awk {print $1}, awk {print $1}",
        "$ x, $ x",
        "${}, ${}",
        "${studio, ${studio",
        "${nobody:-south}, south",
        "${nobody:-}!, !",
        "${nobody:-$studio}, north",
        "${nobody:-${none:-x}y}z, xyz",
        "${studio:-south}, north",
        "${empty:-south}, south",
        "[$empty], []",
        "$a-b.c, long",
        "$stream $basename $wildcard $pluswildcard $source, cam+front cam front +front file:x.mp4",
        "$datetime, 2026.02.05.07.08.09",
        "$wday $yday $week, 4 036 06"})
    void replacesWhatHasAValue(String template, String expected) {
        set("studio", "north");
        set("empty", "");
        set("a", "short");
        set("a-b.c", "long");
        assertEquals(expected, text(template));
    }

    @ParameterizedTest
    @CsvSource({"$studios, $studios, there is no value for $studios", "$daytime., $daytime., there is no value for $daytime", "x${no}y, x${no}y, there is no value for $no"})
    void whatHasNoValueStaysAndIsNamed(String template, String expected, String problem) {
        set("studio", "north");
        assertEquals(new Expansion(expected, problem), expander.expand(template, PLACE));
    }

    @Test
    void withoutAStreamThereIsNoWildcard() {
        assertEquals("there is no value for $wildcard", expander.expand("$wildcard", Map.of()).problem());
        assertEquals("one||", expander.expand("$basename|$wildcard|$pluswildcard", Map.of("stream", "one")).text());
    }

    @Test
    void theWeekIsThatOfIso8601() {
        now = ZonedDateTime.of(2021, 1, 3, 0, 0, 0, 0, ZoneId.of("UTC"));
        assertEquals("2021 53 7 003", text("$year $week $wday $yday"));
    }

    @Test
    void whatThePlaceGivesWinsOverAVariable() {
        set("target", "mine");
        set("year", "1999");
        assertEquals("theirs 2026", expander.expand("$target $year", Map.of("target", "theirs")).text());
    }

    @Test
    void valuesOfOperatorsCanNameOthers() {
        set("place", "$studio-$stream");
        set("studio", "${room}");
        outside("room", "$year is text ${studio} $$");
        assertEquals("$year is text ${studio} $$-cam+front", text("$place"));
    }

    @Test
    void aCycleIsNamedWhole() {
        set("a", "$b");
        set("b", "<${c}>");
        set("c", "$a");
        assertEquals(new Expansion("<$a>", "a cycle: $a → $b → $c → $a"), expander.expand("$a", Map.of()));
        assertEquals("a cycle: $b → $c → $a → $b", expander.expand("x$b", Map.of()).problem());
        set("self", "$self");
        assertEquals(new Expansion("$self.ts", "a cycle: $self → $self"), expander.expand("$self.ts", Map.of()));
    }

    @Test
    void tenDeepIsDeepEnough() {
        for (int i = 0; i < 11; i++) {
            set("v" + i, "$v" + (i + 1));
        }
        outside("v10", "deep");
        assertEquals("deep", text("$v0"));
        set("v10", "$v11");
        outside("v11", "deeper");
        assertTrue(expander.expand("$v0", Map.of()).problem().startsWith("more than 10 variables inside one another: $v0 → $v1"));
    }

    @Test
    void valuesThatMultiplyAreBounded() {
        for (int i = 0; i < 9; i++) {
            set("bomb" + i, ("$bomb" + (i + 1)).repeat(50));
        }
        outside("bomb9", "");
        assertEquals(new Expansion("", "more than 10000 names are to be replaced"), expander.expand("$bomb0", Map.of()));
        outside("bomb9", "0123456789");
        Expansion large = expander.expand("$bomb7", Map.of());
        assertTrue(large.text().length() <= Expander.MOST_CHARACTERS, () -> "" + large.text().length());
        outside("bomb9", "0123456789".repeat(100));
        assertEquals("the result would have more than 65536 characters", expander.expand("$bomb7", Map.of()).problem());
    }

    @Test
    void hostileTemplatesEndSoon() {
        assertEquals("the template has 65537 characters; 65536 are the most", expander.expand("x".repeat(65_537), Map.of()).problem());
        String open = "${a:-".repeat(13_000);
        assertEquals(open, expander.expand(open, Map.of()).text());
        String deep = "${a:-".repeat(300) + "x" + "}".repeat(300);
        assertTrue(expander.expand(deep, Map.of()).text().length() <= deep.length());
        String many = IntStream.range(0, 8000).mapToObj(i -> "$x" + i).collect(Collectors.joining());
        assertEquals(many, expander.expand(many, Map.of()).text());
    }

    @Test
    void templatesThatWereTakenApartAreBounded() {
        set("studio", "north");
        for (int i = 0; i < 10_000; i++) {
            assertEquals(i + "north", text(i + "$studio"));
        }
    }
}
