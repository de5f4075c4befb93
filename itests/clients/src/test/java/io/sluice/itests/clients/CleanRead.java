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
            assertEquals(List.of(), notRising(probe, type, types.length == 1), url);
            int count = probe.times(type, "dts_time").size();
            assertTrue(count > seconds * PACKETS_A_SECOND, () -> url + ": only " + count + " packets of " + type);
        }
        Map<String, String> found = new TreeMap<>();
        probe.streams().forEach(s -> found.put(s.path("codec_type").asText(), s.path("codec_name").asText()));
        assertEquals(wanted, found, url);
    }

    /** Of sound alone in HLS, ffprobe does not know the first packet's duration and so repeats its time, also in what ffmpeg itself has made. */
    private static List<String> notRising(Probe probe, String type, boolean alone) {
        List<String> wrong = probe.notRising(type, "dts_time");
        boolean known = probe.items().path(0).has("duration_time");
        return alone && !known && !wrong.isEmpty() && wrong.get(0).startsWith(type + " dts_time #1 ") ? wrong.subList(1, wrong.size()) : wrong;
    }
}
