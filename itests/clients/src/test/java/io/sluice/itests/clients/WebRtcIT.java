package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.UdpRelay;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** WHIP in and WHEP out with a real Chromium. */
class WebRtcIT {
    private static final int FRAMES = 100;

    private static final UdpRelay LINE = line();

    @RegisterExtension
    static final Server SERVER = new Server(Map.of("SLUICE_PUBLIC_ADDRESS", "127.0.0.1:" + LINE.address().getPort()));

    private static WebRtcPage publisher;
    private static WebRtcPage viewer;

    private static UdpRelay line() {
        try {
            return new UdpRelay(7);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void open() throws Exception {
        LINE.target(new InetSocketAddress("127.0.0.1", SERVER.get().webRtcPort()));
        publisher = new WebRtcPage(SERVER);
        viewer = new WebRtcPage(SERVER);
    }

    @AfterAll
    static void close() throws Exception {
        publisher.close();
        viewer.close();
        LINE.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        LINE.lose(0);
        publisher.fresh();
        viewer.fresh();
    }

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
        publisher.publish(stream, SluiceServer.PUBLISH_KEY, codec);
        Await.until(() -> "the stream can be watched; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> watched(viewer, stream));
        JsonNode figures = viewer.awaitDecoded(FRAMES);
        assertEquals(0, figures.path("video").path("lost").asInt());
        assertEquals(0, figures.path("audio").path("lost").asInt());
        Await.until("sound that is not silence", Server.PATIENCE, () -> viewer.figures().path("peak").asDouble() > 0.05);
    }

    private static boolean watched(WebRtcPage viewer, String stream) {
        try {
            viewer.watch(stream);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    void whatAnEncoderSendsByRtmpPlaysByWhep() throws Exception {
        try (Program ffmpeg = Ffmpeg.installed().publishTestPicture(URI.create(SERVER.publish("encoder")))) {
            SERVER.awaitLive("encoder");
            viewer.watch("encoder");
            JsonNode figures = viewer.awaitDecoded(FRAMES);
            assertEquals(0, figures.path("video").path("lost").asInt());
            Await.until("its AAC is heard as Opus", Server.PATIENCE, () -> viewer.figures().path("peak").asDouble() > 0.05);
            assertTrue(ffmpeg.running());
        }
    }

    @Test
    void thePageOfAStreamPlaysByWebRtcWhatItCarries() throws Exception {
        publisher.publish("page", SluiceServer.PUBLISH_KEY, "video/VP8");
        viewer.open("/page.html");
        Await.until(() -> "the page plays: " + said(viewer), Server.PATIENCE, () -> viewer.evaluate("whep !== null && video.getVideoPlaybackQuality().totalVideoFrames").asInt() > 50);
    }

    private static String said(WebRtcPage page) {
        try {
            return page.evaluate("document.body.innerText").asText();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void anotherVersionGoesOnWhileOnePublishesAndOneWatches(@TempDir Path folder) throws Exception {
        publisher.publish("swapped", SluiceServer.PUBLISH_KEY, "video/H264");
        Await.until(() -> "the stream can be watched; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> watched(viewer, "swapped"));
        viewer.awaitDecoded(25);
        SERVER.get().deploy(JarVariant.of(SERVER.get().shipped("io.sluice.protocol.webrtc")).version("1.1.0").write(folder.resolve("newer.jar")), "newer.jar");
        Await.until(() -> "both have moved; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> moved() == 2);
        int before = viewer.figures().path("video").path("decoded").asInt();
        JsonNode figures = viewer.awaitDecoded(before + 75);
        assertEquals(0, figures.path("video").path("lost").asInt(), figures::toString);
        assertEquals("connected", figures.path("state").asText());
        publisher.evaluate("fetch(rtc.publisher.location, {method: 'DELETE'}).then(r => r.status)");
    }

    private static long moved() {
        return SERVER.get().log().lines().filter(l -> l.contains("goes on with io.sluice.protocol.webrtc 1.1.0")).count();
    }

    @Test
    void wrongThingsAreRefusedWithTheReason() throws Exception {
        WebRtcPage page = publisher;
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

    private static String offer(String direction) {
        return "await (async () => { const pc = new RTCPeerConnection(); pc.addTransceiver('video', {direction: '" + direction + "'}); await pc.setLocalDescription(); return pc.localDescription.sdp; })()";
    }

    private static void assertRefused(String status, WebRtcPage page, String arguments) throws Exception {
        String answer = page.evaluate("(async () => rtc.call(" + arguments + "))()").asText();
        assertTrue(answer.startsWith(status + " "), "wanted " + status + " of " + arguments + ", found " + answer);
    }

    /** Every twentieth packet is lost in each direction, sound and requests for repeats among them. */
    @Test
    void lostPacketsAreRepairedOnBothWays() throws Exception {
        publisher.publish("lossy", SluiceServer.PUBLISH_KEY, "video/H264");
        Await.until(() -> "the stream can be watched; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> watched(viewer, "lossy"));
        viewer.awaitDecoded(10);
        LINE.lose(0.05);
        JsonNode figures = viewer.awaitDecoded(260);
        LINE.lose(0);
        assertTrue(LINE.lost() > 20, "packets were lost: " + LINE.lost());
        assertTrue(figures.path("video").path("repeats").asInt() > 0, () -> "packets were sent again: " + figures);
        assertTrue(publisher.evaluate("rtc.sent()").path("repeats").asInt() > 0, "packets were asked for again");
        System.out.println("lossy " + figures + " lost by the line " + LINE.lost() + " of " + (LINE.lost() + LINE.passed()));
    }

    @Test
    void whoChangesHisAddressGoesOnWithoutSignalling() throws Exception {
        publisher.publish("walking", SluiceServer.PUBLISH_KEY, "video/VP8");
        Await.until(() -> "the stream can be watched; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> watched(viewer, "walking"));
        int before = viewer.awaitDecoded(25).path("video").path("decoded").asInt();
        LINE.move();
        JsonNode figures = viewer.awaitDecoded(before + 75);
        assertEquals("connected", figures.path("state").asText());
    }
}
