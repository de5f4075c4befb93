package io.sluice.net.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathPatternTest {
    private static boolean matches(String pattern, String path) {
        return new PathPattern(pattern).matches(path);
    }

    @Test
    void aStarStaysWithinItsSegment() {
        assertTrue(matches("/*.html", "/demo.html"));
        assertTrue(matches("/*.html", "/live+a.b.html"));
        assertFalse(matches("/*.html", "/a/demo.html"));
        assertFalse(matches("/*.html", "/demo.htm"));
        assertTrue(matches("/json_*.js", "/json_demo.js"));
        assertTrue(matches("/a/*/c", "/a/b/c"));
        assertFalse(matches("/a/*/c", "/a/b/b/c"));
    }

    @Test
    void twoStarsTakeTheRest() {
        assertTrue(matches("/hls/**", "/hls/a/b/index.m3u8"));
        assertTrue(matches("/hls/**", "/hls"));
        assertFalse(matches("/hls/**", "/hlsx"));
        assertTrue(matches("/**", "/"));
        assertTrue(matches("/json_**", "/json_a+b/c.js"));
    }

    @Test
    void theLongestLiteralBeginningComesFirst() {
        List<String> sorted = java.util.stream.Stream.of("/**", "/hls/**", "/", "/*.html", "/hls/*/x", "/hls/special/**", "/hls/exact").map(PathPattern::new)
            .sorted().map(PathPattern::text).toList();
        assertEquals(List.of("/hls/exact", "/", "/hls/special/**", "/hls/*/x", "/hls/**", "/*.html", "/**"), sorted);
    }

    @Test
    void whatIsNoPatternIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PathPattern("hls"));
        assertThrows(IllegalArgumentException.class, () -> new PathPattern("/**/x"));
    }
}
