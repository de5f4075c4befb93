package io.sluice.format.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {"a b  c;a,b,c", " a\t'b c' ;a,b c", "\"a b\"'c d'e;a bc de", "a\\ b;a b", "\"a\\\"b\\\\\\c\";a\"b\\\\c", "'a\\b';a\\b",
        "'$a';$$a", "\\$a;$$a", "\"$a \\$b\";$a $$b", "$a${b}c;$a${b}c", "x${a:-b c}y z;x${a:-b c}y,z", "${a:-${b:-c d}} e;${a:-${b:-c d}},e", "$$ a;$$,a", "\"\" a;,a", "'';||",
        "*;*", "a|b&c>d;a|b&c>d", "ö 'é ü';ö,é ü"})
    void linesAreTakenApartAsAShellDoesWithoutDoingMore(String line, String words) {
        assertEquals(List.of(words.split(",", -1)), CommandLine.words(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {"a 'b;an apostrophe is not closed: 'b", "a \"b\\\";a quotation mark is not closed: \"b\\\"", "a\\;the command ends with a backslash",
        "a ${b c;a brace is not closed: ${b c"})
    void whatIsNotClosedIsNamed(String line, String problem) {
        assertEquals(problem, assertThrows(IllegalArgumentException.class, () -> CommandLine.words(line)).getMessage());
    }

    @Test
    void wordsAreCounted() {
        assertEquals(1000, CommandLine.words("a ".repeat(1000)).size());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> CommandLine.words("a ".repeat(1001))).getMessage().contains("1000"));
    }
}
