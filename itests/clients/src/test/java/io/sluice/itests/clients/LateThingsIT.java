package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.GStreamer;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.hls.FetchedSegment;
import io.sluice.testkit.hls.HlsViewer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What goes on over a long evening: librtmp (OBS's library), publishers that are killed, streams without a picture or without sound. */
class LateThingsIT {
    private static final int SECONDS = 5;

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    static Path folder;
    private static Path clip;

    @BeforeAll
    static void clip() throws Exception {
        clip = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 20, 2);
    }

    /** GStreamer's rtmpsink and rtmpsrc are librtmp: digest handshake, releaseStream, FCPublish, _checkbw, as from OBS. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void librtmpPublishesAndPlays() throws Exception {
        try (Program publishing = GStreamer.launch(List.of("filesrc", "location=" + clip, "!", "flvdemux", "name=in", "flvmux", "name=mux", "streamable=true", "!", "rtmpsink",
            "location=" + SERVER.publish("librtmp") + " live=1", "in.video", "!", "queue", "!", "h264parse", "!", "mux.", "in.audio", "!", "queue", "!", "aacparse", "!", "mux."))) {
            SERVER.awaitLive("librtmp");
            CleanRead.of(SERVER.play("librtmp"), SECONDS, "video", "audio");
            CleanRead.of(SERVER.hls("librtmp"), SECONDS, "video", "audio");
            assertTrue(publishing.running(), () -> "librtmp publishes on: " + publishing.errors());
        }
        Path played = folder.resolve("played.flv");
        try (Program playing = GStreamer.launch(List.of("rtmpsrc", "location=" + SERVER.play("demo") + " live=1", "!", "filesink", "location=" + played))) {
            Await.until(() -> "librtmp plays: " + playing.errors(), Server.PATIENCE, () -> Files.exists(played) && Files.size(played) > 400_000);
            playing.interrupt(Duration.ofSeconds(10));
        }
        CleanRead.of(played.toString(), 2, "video", "audio");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void viewersGoOnWhenAPublisherIsKilledAndComesBack() throws Exception {
        Program first = Ffmpeg.installed().publish(clip, URI.create(SERVER.publish("killed")));
        SERVER.awaitLive("killed");
        HlsViewer hls = HlsViewer.watch(URI.create(SERVER.hls("killed")));
        try (hls; RtmpPlayer rtmp = RtmpPlayer.open(URI.create(SERVER.play("killed")))) {
            Await.until("both play", Server.PATIENCE, () -> rtmp.count(Kind.VIDEO) > 50 && hls.segments().size() > 2);
            first.close();
            int before = rtmp.count(Kind.VIDEO);
            try (Program second = Ffmpeg.installed().publish(clip, URI.create(SERVER.publish("killed")))) {
                Await.until(() -> "both play on: " + second.errors() + rtmp.ended() + hls.faults(), Server.PATIENCE,
                    () -> rtmp.count(Kind.VIDEO) > before + 100 && hls.segments().stream().anyMatch(FetchedSegment::discontinuity) && moreThan(2, hls));
                assertTrue(second.running());
            }
            assertEquals("", rtmp.ended());
            assertEquals(List.of(), rtmp.faults(), "times go on");
            assertEquals(List.of(), hls.faults(), "no request failed, no rule was broken");
            assertEquals(List.of(), hls.refetchListed());
        } finally {
            first.close();
        }
    }

    /** So many segments came after the discontinuity. */
    private static boolean moreThan(int count, HlsViewer hls) {
        return hls.segments().stream().dropWhile(s -> !s.discontinuity()).count() > count;
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void streamsWithoutAPictureOrWithoutSoundPlay() throws Exception {
        try (Program radio = half("radio", "-vn"); Program camera = half("camera", "-an")) {
            SERVER.awaitLive("radio");
            SERVER.awaitLive("camera");
            for (String url : List.of(SERVER.play("radio"), SERVER.hls("radio"))) {
                CleanRead.of(url, SECONDS, "audio");
            }
            for (String url : List.of(SERVER.play("camera"), SERVER.hls("camera"))) {
                CleanRead.of(url, SECONDS, "video");
            }
            assertTrue(radio.running() && camera.running());
        }
    }

    private static Program half(String stream, String without) throws Exception {
        return Ffmpeg.installed().run(List.of("-re", "-stream_loop", "-1", "-i", clip.toString(), without, "-c", "copy", "-f", "flv", SERVER.publish(stream)));
    }
}
