package io.sluice.variables.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
    private static Definition of(Object... keysAndValues) {
        return Definition.of("pid", Rig.config(keysAndValues));
    }

    private static String refusal(Object... keysAndValues) {
        return assertThrows(IllegalArgumentException.class, () -> of(keysAndValues)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"studio", "Studio_1", "a.b-c", "1st"})
    void goodNames(String name) {
        assertEquals(name, of("name", " " + name + " ").name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "$x", "a$b", "${x}", "ä", "a/b", "../x", "a\nb", "day", "stream", "pluswildcard"})
    void badNames(String name) {
        assertTrue(refusal("name", name).length() > 20);
    }

    @Test
    void aNameOfTenThousandCharactersIsNotRepeatedWhole() {
        String why = refusal("name", "x".repeat(10_000));
        assertTrue(why.endsWith("has 10000") && why.length() < 200, why);
        assertEquals(64, of("name", "x".repeat(64)).name().length());
    }

    @ParameterizedTest
    @CsvSource({"intervalMillis, 99", "intervalMillis, -1", "waitMillis, 3600001", "maxBytes, 0", "maxBytes, 65537", "type, ''"})
    void wrongAttributesAreNamed(String key, String value) {
        assertTrue(refusal("name", "v", key, value).contains(key), () -> refusal("name", "v", key, value));
    }

    @Test
    void theWaitTimeFollowsTheInterval() {
        assertEquals(5000, of("name", "v", "intervalMillis", 5000).waitMillis());
        assertEquals(1000, of("name", "v", "intervalMillis", 100).waitMillis());
        assertEquals(10_000, of("name", "v").waitMillis());
        assertEquals(200, of("name", "v", "intervalMillis", 5000, "waitMillis", 200).waitMillis());
    }

    @Test
    void parametersAreLines() {
        Definition d = of("name", "v", "target", " http://h/?a=b ", "value", "first", "parameters", new String[] {"method = POST", "", "header.X=a=b"});
        assertEquals(Map.of("target", "http://h/?a=b", "value", "first", "method", "POST", "header.X", "a=b"), d.parameters());
        assertEquals("the parameter 'oops' is not of the form key=value", refusal("name", "v", "parameters", new String[] {"oops"}));
    }
}
