package io.sluice.config.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CfgJsonTest {
    @Test
    void typesComeFromTheKeyOrFromJson() throws IOException {
        Map<String, Object> read = CfgJson.read("""
            /* notes of a tool */
            { ":configurator:version": 1, "a": 1, "b": 1.5, "c:Integer": 1, "d:Integer": "2", "e:int[]": [1, 2], "f:Collection<Long>": [3],
              "g": ["x"], "h": [], "i": null, "j:Integer": "$[env:PORT]", "k:unknown": "l" } // end
            """);
        assertEquals(1L, read.get("a"));
        assertEquals(1.5, read.get("b"));
        assertEquals(1, read.get("c"));
        assertEquals(2, read.get("d"));
        assertArrayEquals(new int[] {1, 2}, (int[]) read.get("e"));
        assertEquals(List.of(3L), read.get("f"));
        assertArrayEquals(new String[] {"x"}, (String[]) read.get("g"));
        assertArrayEquals(new String[0], (String[]) read.get("h"));
        assertEquals("$[env:PORT]", read.get("j"));
        assertEquals("l", read.get("k:unknown"));
        assertTrue(!read.containsKey("i") && !read.containsKey(":configurator:version"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{\"a\":: 1} | line 1, column 6",
        "{\"a:Integer\": \"x\"} | wanted a value of type Integer, found x",
        "{\"a\": 1, \"A\": 2} | the key A is there twice",
        "{\"a\": {\"b\": 1}} | wanted a string, a number, true, false or a list of these",
        "{\"a\": [1, \"b\"]} | must be of one type",
        "[1] | wanted an object in braces",
        "{\"a\": 1} 2 | something follows",
        "{\"a\": 1 | line 1",
        "{\"a\": 99999999999999999999} | line 1"})
    void aBrokenFileIsNamedWithPlaceAndReason(String text, String message) {
        IOException broken = assertThrows(BrokenFile.class, () -> CfgJson.read(text));
        assertTrue(broken.getMessage().contains(message), broken.getMessage());
    }

    @Test
    void anEmptyFileIsBroken() {
        assertTrue(assertThrows(BrokenFile.class, () -> CfgJson.read("")).getMessage().contains("the file is empty"));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"a.b,-,a.b.cfg.json", "f~n,f,f~n.cfg.json", "f.01234567-89ab-4cde-8f01-23456789abcd,f,f~01234567-89ab-4cde-8f01-23456789abcd.cfg.json",
        "a|b/c,-,a%7Cb%2Fc.cfg.json", ".x,-,%2Ex.cfg.json", "f~1+1~ü,f,f~1+1%7E%C3%BC.cfg.json"})
    void aFileNameStandsForOnePid(String pid, String factoryPid, String file) {
        FileName name = new FileName(pid, factoryPid);
        assertEquals(file, name.file());
        assertEquals(name, FileName.parse(file).orElseThrow());
    }
}
