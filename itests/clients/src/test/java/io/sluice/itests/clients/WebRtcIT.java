package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** WHIP in and WHEP out with a real Chromium. */
class WebRtcIT {
    private static final int FRAMES = 150;

    @RegisterExtension
    static final Server SERVER = new Server();

    @Test
    void aBrowserPublishesH264AndOpusAndABrowserWatches() throws Exception {
        publishedAndWatched("avc", "video/H264");
        assertEquals(200, SERVER.get().get("/hls/avc/index.m3u8").statusCode(), "HLS has it too");
    }

    @Test
    void aBrowserPublishesVp8AndABrowserWatches() throws Exception {
        publishedAndWatched("vp8", "video/VP8");
    }

    private void publishedAndWatched(String stream, String codec) throws Exception {
        try (WebRtcPage publisher = new WebRtcPage(SERVER); WebRtcPage viewer = new WebRtcPage(SERVER)) {
            publisher.publish(stream, SluiceServer.PUBLISH_KEY, codec);
            Await.until(() -> "the stream can be watched; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> watched(viewer, stream));
            JsonNode figures = viewer.awaitDecoded(FRAMES);
            System.out.println(stream + " " + figures);
            assertEquals(0, figures.path("video").path("lost").asInt());
            assertEquals(0, figures.path("audio").path("lost").asInt());
            Await.until("sound that is not silence", Server.PATIENCE, () -> viewer.figures().path("peak").asDouble() > 0.05);
        }
    }

    private static boolean watched(WebRtcPage viewer, String stream) {
        try {
            viewer.watch(stream);
            return true;
        } catch (java.io.IOException notYet) {
            return false;
        }
    }

    @Test
    void whatAnEncoderSendsByRtmpPlaysByWhep() throws Exception {
        try (Program ffmpeg = Ffmpeg.installed().publishTestPicture(URI.create(SERVER.publish("encoder"))); WebRtcPage viewer = new WebRtcPage(SERVER)) {
            SERVER.awaitLive("encoder");
            viewer.watch("encoder");
            JsonNode figures = viewer.awaitDecoded(FRAMES);
            System.out.println("encoder " + figures);
            assertEquals(0, figures.path("video").path("lost").asInt());
            assertTrue(ffmpeg.running());
        }
    }
}
