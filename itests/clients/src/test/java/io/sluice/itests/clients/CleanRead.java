package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Ffmpeg.Probe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** ffprobe reads a URL without a warning, with rising times and exactly the tracks that are wanted. */
final class CleanRead {
    private static final Map<String, String> CODECS = Map.of("video", "h264", "audio", "aac");
    /** Below 25 pictures and 46 sounds a second by what a late first key frame takes away. */
    private static final int PACKETS_A_SECOND = 15;

    private CleanRead() {
    }

    /** @param types of "video" and "audio" */
    static void of(String url, int seconds, String... types) throws IOException {
        Probe probe = Ffmpeg.installed().packets(url, seconds);
        assertEquals(List.of(), probe.warnings(), url);
        Map<String, String> wanted = new TreeMap<>();
        for (String type : types) {
            wanted.put(type, CODECS.get(type));
            assertEquals(List.of(), probe.notRising(type, "dts_time"), url);
            int count = probe.times(type, "dts_time").size();
            assertTrue(count > seconds * PACKETS_A_SECOND, () -> url + ": only " + count + " packets of " + type);
        }
        Map<String, String> found = new TreeMap<>();
        probe.streams().forEach(s -> found.put(s.path("codec_type").asText(), s.path("codec_name").asText()));
        assertEquals(wanted, found, url);
    }
}
