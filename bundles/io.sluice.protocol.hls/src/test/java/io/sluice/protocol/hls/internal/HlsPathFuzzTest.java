package io.sluice.protocol.hls.internal;

import io.sluice.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HlsPathFuzzTest {
    private static final int BYTES_PER_BYTE = 64;

    @Test
    void damagedPathsAreStreamsAndSegmentsOrNothing() {
        List<byte[]> seeds = Stream.of("/hls/demo/index.m3u8", "/hls/wild+a/b/0/index.m3u8", "/hls/demo/0/17-2s.ts", "/hls/0/0/999999999999999999-99999s.ts")
            .map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
        new Fuzz("HLS paths", IllegalArgumentException.class, BYTES_PER_BYTE).run(seeds, HlsPathFuzzTest::parse);
    }

    private static void parse(byte[] input) {
        HlsPath path = HlsPath.parse(new String(input, StandardCharsets.UTF_8));
        if (path != null && (path.stream().isEmpty() || (path.kind() == HlsPath.Kind.SEGMENT) == path.segment().isEmpty())) {
            throw new IllegalStateException("no request: " + path);
        }
    }
}
