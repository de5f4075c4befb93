package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Ffmpeg.Probe;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Publishers whose clocks start 30 s before the numbers at which counters wrap; ffprobe reads across the wrap. */
class ClockIT {
    /** Media that ffprobe reads: from a few seconds after the start to well after the wrap. */
    private static final int SECONDS = Boolean.getBoolean("sluice.long") ? 600 : 40;

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    Path folder;

    @Test
    void outputsStayMonotonicAcrossEveryWrapOfEveryClock() throws Exception {
        Map<String, Long> starts = new TreeMap<>(Map.of("wrap24", (1L << 24) - 30_000, "wrap31", (1L << 31) - 30_000, "wrap32", (1L << 32) - 30_000,
            "wrap33", (1L << 33) / 90 - 30_000));
        ClipFrames clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 60, 2));
        Map<String, RtmpPublisher> publishers = new TreeMap<>();
        ExecutorService probes = Executors.newFixedThreadPool(8);
        try {
            for (var start : starts.entrySet()) {
                publishers.put(start.getKey(), RtmpPublisher.open(URI.create(SERVER.publish(start.getKey()))).start(clip.looped(start.getValue()), RtmpPublisher.Pace.REAL_TIME));
            }
            Map<String, Future<Probe>> results = new TreeMap<>();
            for (String stream : starts.keySet()) {
                SERVER.awaitLive(stream);
                for (String url : List.of(SERVER.play(stream), SERVER.hls(stream))) {
                    Callable<Probe> probe = () -> Ffmpeg.installed().packets(url, SECONDS);
                    results.put(url, probes.submit(probe));
                }
            }
            for (var result : results.entrySet()) {
                readCleanly(result.getKey(), result.getValue().get());
            }
        } finally {
            probes.shutdownNow();
            for (RtmpPublisher publisher : publishers.values()) {
                publisher.close();
            }
        }
    }

    private static void readCleanly(String url, Probe probe) {
        assertEquals(List.of(), probe.warnings(), url);
        for (String type : List.of("video", "audio")) {
            assertEquals(List.of(), probe.notRising(type, "dts_time"), url);
            List<Double> times = probe.times(type, "dts_time");
            assertTrue(times.size() > SECONDS * 20, () -> url + ": only " + times.size() + " packets of " + type);
            double span = times.get(times.size() - 1) - times.get(0);
            assertEquals(SECONDS, span, 4, () -> url + ": " + type + " spans another time");
        }
    }
}
