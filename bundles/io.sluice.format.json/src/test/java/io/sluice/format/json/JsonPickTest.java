package io.sluice.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPickTest {
    private static final String DOCUMENT = "{\"a\":{\"b\":[1,2.50,{\"c/d\":\"x~y\"}]},\"t\":true,\"n\":null,\"e\":\"\",\"ö\":\"ü\"}";

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"/a/b/0;1", "/a/b/1;2.5", "/a/b/2/c~1d;x~y", "/t;true", "/ö;ü", "/a/b;'[1,2.5,{\"c/d\":\"x~y\"}]'"})
    void valuesAreFoundAsText(String pointer, String value) throws IOException {
        assertEquals(value, pick(pointer, DOCUMENT));
    }

    @ParameterizedTest
    @CsvSource({"/x", "/a/b/7", "/a/b/-", "/n", "/t/deeper"})
    void whatIsNotThereIsSaid(String pointer) {
        assertEquals("there is nothing at '" + pointer + "'", assertThrows(IOException.class, () -> pick(pointer, DOCUMENT)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"<html>", "{", "'{\"a\":}'", "{a:1}"})
    void whatIsNoJsonIsSaid(String document) {
        assertTrue(assertThrows(IOException.class, () -> pick("/a", document)).getMessage().startsWith("JSON was wanted: "));
    }

    @Test
    void nestingIsLimited() {
        assertThrows(IOException.class, () -> pick("/a", "[".repeat(500_000)));
    }

    @Test
    void aPointerBeginsWithASlash() {
        assertThrows(IllegalArgumentException.class, () -> new JsonPick("a/b"));
    }

    @Test
    void emptyIsNothing() {
        assertThrows(IOException.class, () -> pick("/a", ""));
    }

    private static String pick(String pointer, String document) throws IOException {
        return new JsonPick(pointer).from(document.getBytes(StandardCharsets.UTF_8));
    }
}
