package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.hls.HlsViewer;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a stream's configuration does: STR-01, STR-05, files as sources. */
class StreamIT {
    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    static Path folder;
    private static Path flv;
    private static ClipFrames clip;

    @BeforeAll
    static void clip() throws Exception {
        flv = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 12, 2);
        clip = ClipFrames.of(flv);
    }

    @Test
    void theBufferHoldsAsMuchMediaAsConfigured() throws Exception {
        stream("window", "\"source\": \"push://\", \"bufferMillis\": 4000");
        try (RtmpPublisher publisher = publish("window")) {
            SERVER.awaitLive("window");
            Await.until(() -> "12 s have passed through it: " + info("window"), Server.PATIENCE, () -> info("window").path("meta").path("tracks").elements().next().path("lastms").asLong() > 12_000);
            long window = info("window").path("meta").path("buffer_window").asLong();
            assertTrue(window >= 4000 && window < 6000, "whole groups of pictures of 1 s around 4 s, but it is " + window);
            assertTrue(publisher.sending());
        }
    }

    @Test
    void segmentsAreAtLeastAsLongAsConfigured() throws Exception {
        stream("segments", "\"source\": \"push://\", \"segmentMillis\": 2900");
        try (RtmpPublisher publisher = publish("segments")) {
            SERVER.awaitLive("segments");
            try (HlsViewer viewer = HlsViewer.watch(URI.create(SERVER.hls("segments")))) {
                Await.until("segments come", Server.PATIENCE, () -> viewer.segments().size() >= 3);
                assertTrue(viewer.segments().stream().allMatch(s -> s.seconds() >= 2.9 && s.seconds() < 3.2), () -> viewer.segments().toString());
                assertEquals(List.of(), viewer.faults());
            }
            assertTrue(publisher.sending());
        }
    }

    @Test
    void withoutResumeViewersAreEndedWhenThePublisherLeaves() throws Exception {
        stream("reset", "\"source\": \"push://\", \"resume\": false");
        RtmpPublisher publisher = publish("reset");
        SERVER.awaitLive("reset");
        try (RtmpPlayer player = RtmpPlayer.open(SERVER.get().rtmp("live", "reset"))) {
            Await.until("it plays", Server.PATIENCE, () -> player.count(Kind.VIDEO) > 20);
            publisher.close();
            Await.until("the player is ended", Server.PATIENCE, () -> !player.ended().isEmpty());
        }
    }

    @Test
    void theInformationOfAnOfflineStreamNamesItsFallback() throws Exception {
        stream("slate", "\"source\": \"push://\", \"fallback\": \"demo\"");
        JsonNode info = info("slate");
        assertEquals("[\"slate\",\"demo\"]", info.path("redirected").toString(), info::toString);
    }

    @Test
    void filesPlayLoopedAndOnce() throws Exception {
        Path media = Files.createDirectories(SERVER.get().home().resolve("media"));
        Files.copy(flv, media.resolve("clip.flv"));
        Path mp4 = media.resolve("clip.mp4");
        Ffmpeg.installed().run(List.of("-i", flv.toString(), "-c", "copy", mp4.toString())).output(Server.PATIENCE);
        stream("looped", "\"source\": \"file:clip.flv?loop=true\"");
        stream("once", "\"source\": \"file:clip.mp4\"");
        try (RtmpPlayer looped = RtmpPlayer.open(SERVER.get().rtmp("live", "looped")); RtmpPlayer once = RtmpPlayer.open(SERVER.get().rtmp("live", "once"))) {
            Await.until("more than a round comes", Server.PATIENCE, () -> looped.count(Kind.VIDEO) > 25 * 14 && once.count(Kind.VIDEO) >= 25 * 12);
            for (RtmpPlayer player : List.of(looped, once)) {
                List<Long> times = player.frames(Kind.VIDEO).stream().map(f -> f.millis()).toList();
                for (int i = 1; i < times.size(); i++) {
                    assertTrue(times.get(i) > times.get(i - 1), "times rise: " + times.get(i - 1) + " then " + times.get(i));
                }
            }
        }
    }

    @Test
    void aFileOutsideTheRootsIsRefusedWithASentence() throws Exception {
        stream("outside", "\"source\": \"file:../conf/secrets/publish-key\"");
        assertEquals(404, SERVER.get().get("/hls/outside/index.m3u8").statusCode());
        assertTrue(SERVER.get().log().contains("outside"), SERVER.get()::log);
    }

    private static RtmpPublisher publish(String name) throws IOException {
        return RtmpPublisher.open(URI.create(SERVER.publish(name))).start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME);
    }

    private static JsonNode info(String name) {
        try {
            return new ObjectMapper().readTree(SERVER.get().get("/json_" + name + ".js").body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void stream(String name, String settings) throws IOException {
        Files.writeString(SERVER.get().home().resolve("conf/io.sluice.streams.stream~" + name + ".cfg.json"), "{\"name\": \"" + name + "\", " + settings + "}");
        Await.until(name + " is configured", Server.PATIENCE, () -> SERVER.get().shell("sluice:streams").lines().anyMatch(l -> l.strip().startsWith(name + " ")));
    }
}
