package io.sluice.target.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.format.delivery.Clip;
import io.sluice.format.delivery.ClipReader;
import io.sluice.format.delivery.Told;
import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receivers that the machine has: ffmpeg and nginx-rtmp. */
class RealReceiversTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    @TempDir
    private Path folder;
    private final int port = FreePorts.take(1).get(0);
    private final Pushing pushing = new Pushing();
    private Path flv;

    @BeforeEach
    void clip() throws IOException {
        flv = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 4, 2);
    }

    @AfterEach
    void stop() {
        pushing.close();
    }

    /** Tries until the receiver listens. */
    private String push(String path, Map<String, String> parameters, Clip clip) throws Exception {
        List<String> ends = new ArrayList<>();
        Await.until(() -> "the receiver listens: " + ends, LONG, () -> {
            Told told = new Told();
            pushing.start("rtmp://127.0.0.1:" + port + path, parameters, new ClipReader(clip, true), clip.tracks(), told);
            ends.add(told.ended.get(60, TimeUnit.SECONDS));
            return !ends.get(ends.size() - 1).contains("nobody listens");
        });
        return ends.get(ends.size() - 1);
    }

    /** What came is the clip: as many pictures and sounds, at the same times after the first, no warning. */
    private void assertIsTheClip(Path received) throws IOException {
        Ffmpeg.Probe expected = Ffmpeg.installed().packets(flv.toString(), 100);
        Ffmpeg.Probe found = Ffmpeg.installed().packets(received.toString(), 100);
        assertEquals(List.of(), found.warnings());
        for (String type : List.of("video", "audio")) {
            assertEquals(expected.codec(type), found.codec(type));
            for (String field : List.of("dts_time", "pts_time")) {
                assertEquals(millis(expected, type, field), millis(found, type, field), type + " " + field);
            }
        }
    }

    private static List<Long> millis(Ffmpeg.Probe probe, String type, String field) {
        double first = probe.times("video", "dts_time").get(0);
        return probe.times(type, field).stream().map(t -> Math.round((t - first) * 1000)).toList();
    }

    @Test
    void ffmpegReceivesTheClip() throws Exception {
        Path out = folder.resolve("out.flv");
        try (Program receiver = Ffmpeg.installed().run(List.of("-listen", "1", "-i", "rtmp://127.0.0.1:" + port + "/live/test", "-c", "copy", "-copyts", out.toString()))) {
            assertEquals("", push("/live/test", Map.of(), Clip.of(flv)));
            receiver.output(LONG);
        }
        assertIsTheClip(out);
    }

    @Test
    void silenceIsSoundThatDecodersTake() throws Exception {
        Path out = folder.resolve("out.flv");
        Clip clip = Clip.of(flv).pictures();
        try (Program receiver = Ffmpeg.installed().run(List.of("-listen", "1", "-i", "rtmp://127.0.0.1:" + port + "/live/test", "-c", "copy", out.toString()))) {
            assertEquals("", push("/live/test", Map.of("audio", "silent"), clip));
            receiver.output(LONG);
        }
        Ffmpeg.Probe decoded = Ffmpeg.installed().frames(out.toString(), 100);
        assertEquals(List.of(), decoded.warnings());
        assertEquals("aac", decoded.codec("audio"));
        assertTrue(decoded.times("audio", "pts_time").size() > 180, decoded.times("audio", "pts_time").size() + " frames of sound");
        try (Program level = Ffmpeg.installed().run(List.of("-loglevel", "info", "-i", out.toString(), "-map", "0:a", "-af", "volumedetect", "-f", "null", "-"))) {
            level.output(LONG);
            assertTrue(level.errors().stream().anyMatch(l -> l.contains("max_volume: -91.0 dB")), level.errors().toString());
        }
    }

    @Test
    void nginxReceivesTheClip() throws Exception {
        Path module = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");
        assumeTrue(Files.exists(module), "nginx with its RTMP module is not installed");
        Path records = Files.createDirectory(folder.resolve("records"));
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), String.join("\n", "load_module " + module + ";", "daemon off;", "master_process off;",
            "pid " + folder.resolve("pid") + ";", "error_log " + folder.resolve("error.log") + ";", "events { }",
            "rtmp { server { listen 127.0.0.1:" + port + "; application live { live on; record all; record_path " + records + "; record_suffix .flv; } } }", ""));
        try (Program nginx = Program.start(List.of("/usr/sbin/nginx", "-p", folder.toString(), "-e", folder.resolve("error.log").toString(), "-c", configuration.toString()))) {
            assertEquals("", push("/live/test?token=none", Map.of(), Clip.of(flv)));
            Await.until(() -> "it is recorded " + nginx.errors(), LONG, () -> recorded(records) != null);
            Await.until("nginx has closed the file", LONG, () -> Ffmpeg.installed().packets(recorded(records).toString(), 100).times("video", "dts_time").size() == 100);
            assertIsTheClip(recorded(records));
        }
    }

    private static Path recorded(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".flv")).findFirst().orElse(null);
        }
    }
}
