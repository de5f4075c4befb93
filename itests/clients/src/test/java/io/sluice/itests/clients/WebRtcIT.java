package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** WHIP in and WHEP out with a real Chromium. */
class WebRtcIT {
    private static final int FRAMES = 100;

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
            assertEquals(0, figures.path("video").path("lost").asInt());
            assertTrue(ffmpeg.running());
        }
    }

    @Test
    void thePageOfAStreamPlaysByWebRtcWhatItCarries() throws Exception {
        try (WebRtcPage publisher = new WebRtcPage(SERVER); WebRtcPage viewer = new WebRtcPage(SERVER)) {
            publisher.publish("page", SluiceServer.PUBLISH_KEY, "video/VP8");
            viewer.open("/page.html");
            Await.until(() -> "the page plays: " + said(viewer), Server.PATIENCE, () -> viewer.evaluate("whep !== null && video.getVideoPlaybackQuality().totalVideoFrames").asInt() > 50);
        }
    }

    private static String said(WebRtcPage page) {
        try {
            return page.evaluate("document.body.innerText").asText();
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    @Test
    void anotherVersionGoesOnWhileOnePublishesAndOneWatches(@TempDir Path folder) throws Exception {
        try (WebRtcPage publisher = new WebRtcPage(SERVER); WebRtcPage viewer = new WebRtcPage(SERVER)) {
            publisher.publish("swapped", SluiceServer.PUBLISH_KEY, "video/H264");
            Await.until(() -> "the stream can be watched; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> watched(viewer, "swapped"));
            viewer.awaitDecoded(25);
            try (var jars = Files.walk(Path.of(System.getProperty("sluice.dist"), "system"))) {
                Path shipped = jars.filter(p -> p.getFileName().toString().startsWith("io.sluice.protocol.webrtc-")).findFirst().orElseThrow();
                SERVER.get().deploy(JarVariant.of(shipped).version("1.1.0").write(folder.resolve("newer.jar")), "newer.jar");
            }
            Await.until(() -> "both have moved; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> moved() == 2);
            int before = viewer.figures().path("video").path("decoded").asInt();
            JsonNode figures = viewer.awaitDecoded(before + 75);
            assertEquals(0, figures.path("video").path("lost").asInt(), figures::toString);
            assertEquals("connected", figures.path("state").asText());
            publisher.evaluate("fetch(rtc.publisher.location, {method: 'DELETE'}).then(r => r.status)");
        }
    }

    private static long moved() {
        return SERVER.get().log().lines().filter(l -> l.contains("goes on with io.sluice.protocol.webrtc 1.1.0")).count();
    }

    @Test
    void wrongThingsAreRefusedWithTheReason() throws Exception {
        try (WebRtcPage page = new WebRtcPage(SERVER)) {
            page.evaluate("rtc.call = (url, method, headers, body) => fetch(url, {method, headers: headers || {}, body}).then(async r => r.status + ' ' + await r.text())");
            String sdp = "{'content-type': 'application/sdp'}";
            assertRefused("400", page, "'/whip/x', 'POST', " + sdp + ", 'nonsense'");
            assertRefused("400", page, "'/whip/x', 'POST', " + sdp + ", 'v=0\\r\\n'.repeat(500)");
            assertRefused("415", page, "'/whip/x', 'POST', {'content-type': 'text/plain'}, 'v=0'");
            assertRefused("405", page, "'/whip/x', 'GET'");
            assertRefused("404", page, "'/webrtc/session/guessed', 'DELETE'");
            assertRefused("401", page, "'/whip/x', 'POST', " + sdp + ", " + offer("sendonly"));
            assertRefused("403", page, "'/whip/x', 'POST', {'content-type': 'application/sdp', authorization: 'Bearer wrong'}, " + offer("sendonly"));
            assertRefused("404", page, "'/whep/nobody-has-it', 'POST', " + sdp + ", " + offer("recvonly"));
            page.publish("mine", SluiceServer.PUBLISH_KEY, "video/VP8");
            assertRefused("409", page, "'/whip/mine', 'POST', {'content-type': 'application/sdp', authorization: 'Bearer " + SluiceServer.PUBLISH_KEY + "'}, " + offer("sendonly"));
            String trickle = "rtc.publisher.location, 'PATCH', {'content-type': 'application/trickle-ice-sdpfrag'";
            assertRefused("428", page, trickle + "}, ''");
            assertRefused("412", page, trickle + ", 'if-match': '\"x\"'}, 'a=end-of-candidates\\r\\n'");
            assertRefused("204", page, trickle + ", 'if-match': rtc.publisher.etag}, 'a=end-of-candidates\\r\\n'");
            assertRefused("200", page, "rtc.publisher.location, 'DELETE'");
            Await.until("the session is over", Server.PATIENCE, () -> page.evaluate("rtc.call(rtc.publisher.location, 'DELETE')").asText().startsWith("404"));
        }
    }

    private static String offer(String direction) {
        return "await (async () => { const pc = new RTCPeerConnection(); pc.addTransceiver('video', {direction: '" + direction + "'}); await pc.setLocalDescription(); return pc.localDescription.sdp; })()";
    }

    private static void assertRefused(String status, WebRtcPage page, String arguments) throws Exception {
        String answer = page.evaluate("(async () => rtc.call(" + arguments + "))()").asText();
        assertTrue(answer.startsWith(status + " "), "wanted " + status + " of " + arguments + ", found " + answer);
    }
}
