package io.sluice.net.internal.http;

import io.sluice.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public final class RoutingFuzzTest {
    private static final List<PathPattern> PATTERNS = Stream.of("/", "/*.html", "/json_*.js", "/hls/**", "/assets/player/**", "/*/*/x*y").map(PathPattern::new).toList();
    /** Three bytes for each that is decoded, segments, and parameters that are decoded one by one. */
    private static final int BYTES_PER_BYTE = 128;
    private static final Fuzz FUZZ = new Fuzz("HTTP targets", Refusal.class, BYTES_PER_BYTE, RoutingFuzzTest::route);

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedTargetsArePathsOrRefused() throws Exception {
        List<byte[]> seeds = Stream.of("/hls/demo/index.m3u8?key=a%20b&pass=c+d&x", "http://host:8080/json_wild%2B1.js?a=%C3%A4", "/a/./b//c/%2e%2e/d", "/%F0%9F%98%80.html#f")
            .map(s -> s.getBytes(StandardCharsets.ISO_8859_1)).toList();
        FUZZ.run(RoutingFuzzTest.class, seeds);
    }

    private static void route(byte[] input) {
        RequestPath path = RequestPath.of(new String(input, StandardCharsets.ISO_8859_1));
        String p = path.path();
        if (!p.startsWith("/") || p.contains("//") || (p + "/").contains("/../") || p.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalStateException("not normalised: " + p);
        }
        path.parameter("key");
        PATTERNS.forEach(pattern -> pattern.matches(p));
    }
}
