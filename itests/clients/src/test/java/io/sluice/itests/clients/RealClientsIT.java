package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Ffmpeg.Probe;
import io.sluice.testkit.client.GStreamer;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.client.Vlc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The programs people use publish and play. */
class RealClientsIT {
    private static final int SECONDS = Boolean.getBoolean("sluice.long") ? 600 : 12;

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    Path folder;

    @Test
    void ffprobeReadsRtmpAndHlsOfAStreamWithBFramesWithoutAWarning() throws Exception {
        Path clip = Ffmpeg.installed().clip(folder.resolve("b-frames.flv"), 30, 2);
        try (Program ffmpeg = Ffmpeg.installed().publish(clip, URI.create(SERVER.publish("bframes")))) {
            SERVER.awaitLive("bframes");
            bothReadCleanly("bframes");
            assertTrue(ffmpeg.running());
        }
    }

    @Test
    void ffprobeReadsRtmpAndHlsOfTheDemoWithoutAWarning() throws Exception {
        bothReadCleanly("demo");
    }

    @Test
    void gstreamerPublishesAndPlays() throws Exception {
        try (Program publishing = GStreamer.publish(URI.create(SERVER.publish("gst")))) {
            SERVER.awaitLive("gst");
            readsCleanly(SERVER.play("gst"));
            Path flv = folder.resolve("played.flv");
            try (Program playing = GStreamer.play(URI.create(SERVER.play("gst")), flv)) {
                Await.until(() -> "GStreamer records: " + playing.errors(), Server.PATIENCE, () -> Files.exists(flv) && Files.size(flv) > 100_000);
                playing.interrupt(Duration.ofSeconds(10));
            }
            Probe probe = Ffmpeg.installed().packets(flv.toString(), 5);
            assertEquals("h264", probe.codec("video"));
            assertTrue(publishing.running());
        }
    }

    @Test
    void vlcPlaysRtmpAndHls() throws Exception {
        for (String url : List.of(SERVER.play("demo"), SERVER.hls("demo"))) {
            Path ts = Files.createTempDirectory("vlc").resolve("recorded.ts");
            try (Program vlc = Vlc.record(url, 8, ts.getParent(), ts)) {
                vlc.await(Duration.ofSeconds(60));
                Probe probe = Ffmpeg.installed().frames(ts.toString(), 4);
                assertTrue(probe.times("video", "pts_time").size() > 50, () -> url + ": " + vlc.errors());
            }
        }
    }

    private void bothReadCleanly(String stream) {
        Stream.of(SERVER.play(stream), SERVER.hls(stream)).map(url -> CompletableFuture.runAsync(() -> readsCleanly(url))).toList().forEach(CompletableFuture::join);
    }

    private static void readsCleanly(String url) {
        try {
            read(url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(String url) throws IOException {
        Probe probe = Ffmpeg.installed().packets(url, SECONDS);
        assertEquals(List.of(), probe.warnings(), url);
        assertEquals("h264", probe.codec("video"), url);
        assertEquals("aac", probe.codec("audio"), url);
        for (String type : List.of("video", "audio")) {
            assertEquals(List.of(), probe.notRising(type, "dts_time"), url);
            assertTrue(probe.times(type, "dts_time").size() > SECONDS * 15, () -> url + " " + type + " has only " + probe.times(type, "dts_time").size());
        }
    }
}
