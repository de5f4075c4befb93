package io.sluice.format.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamNamesTest {
    @ParameterizedTest
    @CsvSource({"a, a, true", "a, a+b, false", "a, ab, false", "a+, a, false", "a+, a+b, true", "a+, a+, false", "a+b, a+b, true", "a+b, a+bc, false", "*, anything, true"})
    void aPatternMeansTheseStreams(String pattern, String name, boolean covered) {
        assertEquals(covered, new StreamNames(pattern).covers(name));
    }
}
