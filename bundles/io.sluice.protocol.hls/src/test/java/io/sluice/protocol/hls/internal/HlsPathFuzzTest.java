package io.sluice.protocol.hls.internal;

import io.sluice.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public final class HlsPathFuzzTest {
    private static final int BYTES_PER_BYTE = 64;
    private static final Fuzz FUZZ = new Fuzz("HLS paths", IllegalArgumentException.class, BYTES_PER_BYTE, HlsPathFuzzTest::parse);

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedPathsAreStreamsAndSegmentsOrNothing() throws Exception {
        List<byte[]> seeds = Stream.of("/hls/demo/index.m3u8", "/hls/wild+a/b/0/index.m3u8", "/hls/demo/0/17-2s.ts", "/hls/0/0/999999999999999999-99999s.ts")
            .map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
        FUZZ.run(HlsPathFuzzTest.class, seeds);
    }

    private static void parse(byte[] input) {
        HlsPath path = HlsPath.parse(new String(input, StandardCharsets.UTF_8));
        if (path != null && (path.stream().isEmpty() || (path.kind() == HlsPath.Kind.SEGMENT) == path.segment().isEmpty())) {
            throw new IllegalStateException("no request: " + path);
        }
    }
}
