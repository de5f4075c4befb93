package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Ffmpeg.Probe;
import io.sluice.testkit.client.Program;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sound is heard where its own codec cannot go. */
class SoundIT {
    private static final int TONE = 440;
    /** Eight thousand samples at 48 kHz: 6 Hz apart. */
    private static final String LISTEN = """
        (async () => {
          const c = new AudioContext(), a = c.createAnalyser(), track = rtc.viewer.getReceivers().find(r => r.track.kind === 'audio').track;
          a.fftSize = 8192;
          c.createMediaStreamSource(new MediaStream([track])).connect(a);
          window.pitch = () => {
            const d = new Float32Array(a.frequencyBinCount);
            a.getFloatFrequencyData(d);
            const top = d.indexOf(Math.max(...d));
            return d[top] < -60 ? 0 : top * c.sampleRate / a.fftSize;
          };
        })()""";

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    Path folder;

    @Test
    void aBrowserHearsTheToneThatAnEncoderSendsAsAac() throws Exception {
        try (Program ffmpeg = Ffmpeg.installed().publishTestPicture(URI.create(SERVER.publish("encoder"))); WebRtcPage viewer = new WebRtcPage(SERVER)) {
            SERVER.awaitLive("encoder");
            viewer.watch("encoder");
            viewer.awaitDecoded(50);
            viewer.evaluate(LISTEN);
            Await.until(() -> "the tone is heard; the log says:\n" + SERVER.get().log(), Server.PATIENCE, () -> Math.abs(viewer.evaluate("pitch()").asDouble() - TONE) < 12);
            JsonNode before = viewer.figures();
            JsonNode after = viewer.awaitDecoded(before.path("video").path("decoded").asInt() + 100);
            // 50 packets a second, 25 pictures a second; a browser that is busy decodes pictures later than they come
            int packets = after.path("audio").path("packets").asInt() - before.path("audio").path("packets").asInt();
            int pictures = after.path("video").path("decoded").asInt() - before.path("video").path("decoded").asInt();
            assertTrue(packets >= 1.7 * pictures, packets + " packets of sound and " + pictures + " pictures");
            assertEquals(0, after.path("audio").path("lost").asInt());
            assertEquals(TONE, viewer.evaluate("pitch()").asDouble(), 12);
            assertTrue(ffmpeg.running());
        }
    }

    @Test
    void whatABrowserSaysIsHeardByHls() throws Exception {
        try (WebRtcPage publisher = new WebRtcPage(SERVER)) {
            publisher.publish("browser", SluiceServer.PUBLISH_KEY, "video/H264");
            SERVER.awaitLive("browser");
            Probe played = Ffmpeg.installed().packets(SERVER.hls("browser"), 3);
            assertEquals("h264", played.codec("video"));
            assertEquals("aac", played.codec("audio"));
            Path raw = folder.resolve("heard.raw");
            Ffmpeg.installed().run(List.of("-i", SERVER.hls("browser"), "-t", "3", "-vn", "-ac", "1", "-f", "s16le", raw.toString())).output(Server.PATIENCE);
            ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
            int peak = 0;
            while (samples.hasRemaining()) {
                peak = Math.max(peak, Math.abs(samples.get()));
            }
            assertTrue(peak > 1500, "the loudest sample is " + peak);
        }
    }
}
