package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Ffmpeg.Probe;
import io.sluice.testkit.client.Program;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codecs that RTMP of old has no number for, in and back out by ffmpeg 8, to players and as pushes; what MPEG-TS cannot carry is refused by name. */
class EnhancedRtmpIT {
    private static final int SECONDS = 6;
    private static final int RTMPS = FreePorts.take(1).get(0);
    private static final Map<String, List<String>> CODECS = new TreeMap<>(Map.of(
        "hevc-aac", List.of("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:bframes=2", "-tag:v", "hvc1", "-c:a", "aac"),
        "hevc-opus", List.of("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:bframes=2", "-tag:v", "hvc1", "-c:a", "libopus", "-strict", "-2"),
        "av1-opus", List.of("-c:v", "libsvtav1", "-preset", "10", "-c:a", "libopus"),
        "vp9-aac", List.of("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "300k", "-c:a", "aac")));

    @RegisterExtension
    static final Server SERVER = new Server();
    @RegisterExtension
    static final Server RECEIVER = new Server();

    @TempDir
    static Path folder;
    private static final NewFfmpeg FFMPEG = new NewFfmpeg();
    private static final Map<String, Program> PUBLISHERS = new TreeMap<>();

    @BeforeAll
    static void publish() throws Exception {
        RECEIVER.listenSecurely(RTMPS);
        SERVER.trust(RECEIVER, folder);
        for (var stream : CODECS.entrySet()) {
            FFMPEG.clip(clip(stream.getKey()), stream.getValue());
        }
        for (String stream : CODECS.keySet()) {
            PUBLISHERS.put(stream, FFMPEG.publish(clip(stream), SERVER.publish(stream)));
        }
        for (var publisher : PUBLISHERS.entrySet()) {
            Await.until(() -> publisher.getKey() + " is live: " + publisher.getValue().errors(), Server.PATIENCE, () -> info(publisher.getKey()).path("type").asText().equals("live"));
        }
    }

    @AfterAll
    static void unpublish() {
        PUBLISHERS.values().forEach(Program::close);
    }

    private static Path clip(String stream) {
        return folder.resolve(stream + ".mp4");
    }

    private static JsonNode info(String stream) throws Exception {
        return new ObjectMapper().readTree(SERVER.get().get("/json_" + stream + ".js").body());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"hevc-aac,hevc,aac", "hevc-opus,hevc,opus", "av1-opus,av1,opus", "vp9-aac,vp9,aac"})
    void everyPayloadComesBackAsItWasPublished(String stream, String video, String audio) throws Exception {
        Probe played = FFMPEG.packets(SERVER.play(stream), SECONDS);
        assertEquals(List.of(), played.warnings(), stream);
        assertEquals(video, played.codec("video"));
        assertEquals(audio, played.codec("audio"));
        for (String type : List.of("video", "audio")) {
            assertEquals(List.of(), played.notRising(type, "dts_time"), stream);
        }
        assertWhole(stream, NewFfmpeg.hashes(played, "video"), NewFfmpeg.hashes(played, "audio"));
        assertTrue(PUBLISHERS.get(stream).running());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"hevc-aac,hevc,aac", "hevc-opus,hevc,opus", "av1-opus,av1,opus", "vp9-aac,vp9,aac"})
    void everyPayloadOfAPushReachesFfmpeg(String stream, String video, String audio) throws Exception {
        String target = "rtmp://127.0.0.1:" + FreePorts.take(1).get(0) + "/live/" + stream;
        try (Program receiver = FFMPEG.listen(target, SECONDS)) {
            Await.until("ffmpeg listens", Server.PATIENCE, () -> !SERVER.push(stream, target).contains("nobody listens"));
            receiver.output(Server.PATIENCE);
            assertTrue(receiver.out().containsAll(List.of("#codec_id 0: " + video, "#codec_id 1: " + audio)), () -> receiver.out().subList(0, 20).toString());
            assertWhole(stream, NewFfmpeg.received(receiver, 0), NewFfmpeg.received(receiver, 1));
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"hevc-opus,rtmps", "av1-opus,rtmps", "vp9-aac,rtmp"})
    void everyPayloadOfAPushReachesAnotherServer(String stream, String scheme) throws Exception {
        String target = scheme.equals("rtmp") ? RECEIVER.publish(stream) : "rtmps://localhost:" + RTMPS + "/live/" + stream + "?key=" + SluiceServer.PUBLISH_KEY;
        Await.until("the receiver's certificate is believed", Server.PATIENCE, () -> !SERVER.push(stream, target).contains("not by a trusted authority"));
        Await.until(stream + " is live there", Server.PATIENCE, () -> RECEIVER.get().get("/json_" + stream + ".js").body().contains("\"live\""));
        Probe played = FFMPEG.packets(RECEIVER.play(stream), SECONDS);
        assertEquals(List.of(), played.warnings(), stream);
        assertWhole(stream, NewFfmpeg.hashes(played, "video"), NewFfmpeg.hashes(played, "audio"));
    }

    private static void assertWhole(String stream, List<String> video, List<String> audio) throws Exception {
        Probe source = FFMPEG.packets(clip(stream).toString(), 3600);
        for (List<String> hashes : List.of(video, audio)) {
            assertTrue(hashes.size() > SECONDS * 20, () -> stream + ": only " + hashes.size() + " packets");
        }
        contiguous(stream + " video", NewFfmpeg.hashes(source, "video"), video);
        contiguous(stream + " audio", NewFfmpeg.hashes(source, "audio"), audio);
    }

    /** The hashes are a run of those of the clip, which begins again after its end. */
    private static void contiguous(String what, List<String> clip, List<String> got) {
        int start = clip.indexOf(got.get(0));
        assertTrue(start >= 0, () -> what + ": the first payload is none of the clip's");
        List<String> looped = new ArrayList<>(clip.subList(start, clip.size()));
        Collections.nCopies(got.size() / clip.size() + 1, clip).forEach(looped::addAll);
        assertEquals(looped.subList(0, got.size()), got, what);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void h265WithAacPlaysByHls() throws Exception {
        Probe played = FFMPEG.packets(SERVER.hls("hevc-aac"), SECONDS);
        assertEquals(List.of(), played.warnings());
        assertEquals("hevc", played.codec("video"));
        assertEquals("aac", played.codec("audio"));
        for (String type : List.of("video", "audio")) {
            assertEquals(List.of(), played.notRising(type, "dts_time"));
            assertTrue(played.times(type, "dts_time").size() > SECONDS * 20, () -> "only " + played.times(type, "dts_time").size() + " packets of " + type);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"av1-opus,AV1 video cannot travel in MPEG-TS", "vp9-aac,VP9 video cannot travel in MPEG-TS"})
    void hlsRefusesByNameWhatMpegTsCannotCarryAndThePageSaysIt(String stream, String words) throws Exception {
        HttpResponse<String> refusal = SERVER.get().get("/hls/" + stream + "/index.m3u8");
        assertEquals(406, refusal.statusCode());
        assertTrue(refusal.body().contains(words), refusal.body());
        JsonNode info = info(stream);
        assertTrue(info.path("sluice").path("problems").path(0).asText().contains(words), info.toString());
        assertEquals(List.of("RTMP"), info.path("source").findValuesAsText("hrn"), "players are not sent to what is refused");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void soundThatMpegTsCannotCarryIsMadeAac() throws Exception {
        Probe played = FFMPEG.packets(SERVER.hls("hevc-opus"), SECONDS);
        assertEquals(List.of(), played.warnings());
        assertEquals("hevc", played.codec("video"));
        assertEquals("aac", played.codec("audio"));
        for (String type : List.of("video", "audio")) {
            // who comes first starts the process: in his first segment the sound stands behind the pictures, and ffprobe counts its second frame before it knows how long the first was
            assertEquals(List.of(), played.notRising(type, "dts_time").stream().filter(t -> !t.contains(" #1 ")).toList());
            assertTrue(played.times(type, "dts_time").size() > SECONDS * 20, () -> "only " + played.times(type, "dts_time").size() + " packets of " + type);
        }
        assertTrue(info("hevc-opus").path("sluice").path("problems").isEmpty(), info("hevc-opus").toString());
        Path raw = folder.resolve("heard.raw");
        Ffmpeg.installed().run(List.of("-i", SERVER.hls("hevc-opus"), "-t", "4", "-vn", "-ac", "1", "-f", "s16le", raw.toString())).output(Server.PATIENCE);
        ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        double sum = 0;
        while (samples.hasRemaining()) {
            double sample = samples.get() / 32768.0;
            sum += sample * sample;
        }
        assertEquals(0.15, Math.sqrt(sum / samples.limit()), 0.02, "loudness of one tone of amplitude 0.3 that ffmpeg spread over two channels");
    }
}
