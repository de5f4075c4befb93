package io.sluice.net.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RequestPathTest {
    private static String path(String target) {
        return RequestPath.of(target).path();
    }

    @Test
    void aPathIsDecodedOnceAndNormalised() {
        assertEquals("/", path("/"));
        assertEquals("/a/b", path("//a/./b/"));
        assertEquals("/a+b/c d/é.ts", path("/a+b/c%20d/%C3%A9.ts"));
        assertEquals("/%41", path("/%2541"));
        assertEquals("/x", path("http://host:80/x?y"));
    }

    @Test
    void whatCouldLeadElsewhereIsRefused() {
        for (String target : new String[] {"/..", "/a/../b", "/a/%2e%2E/b", "/a%2f..%2fb", "/a%00", "/a%0d%0ax", "/a%7f", "/%", "/%4", "/%zz", "/%ff", "/a#b", "x",
            "*", "ftp://h/x"}) {
            assertEquals(400, assertThrows(Refusal.class, () -> path(target), target).status());
        }
    }

    @Test
    void parametersAreDecodedAsFormsWriteThem() {
        RequestPath p = RequestPath.of("/x?key=a%20b+c&empty=&flag&key=2");
        assertEquals("a b c", p.parameter("key"));
        assertEquals("", p.parameter("empty"));
        assertEquals("", p.parameter("flag"));
        assertNull(p.parameter("none"));
        assertEquals("key=a%20b+c&empty=&flag&key=2", p.query());
    }
}
