package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.Await;
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

/** Codecs that RTMP of old has no number for, in and back out by ffmpeg 8; what MPEG-TS cannot carry is refused by name. */
class EnhancedRtmpIT {
    private static final int SECONDS = 6;
    private static final Map<String, List<String>> CODECS = new TreeMap<>(Map.of(
        "hevc-aac", List.of("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:bframes=2", "-tag:v", "hvc1", "-c:a", "aac"),
        "hevc-opus", List.of("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:bframes=2", "-tag:v", "hvc1", "-c:a", "libopus", "-strict", "-2"),
        "av1-opus", List.of("-c:v", "libsvtav1", "-preset", "10", "-c:a", "libopus"),
        "vp9-aac", List.of("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "300k", "-c:a", "aac")));

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    static Path folder;
    private static final NewFfmpeg FFMPEG = new NewFfmpeg();
    private static final Map<String, Program> PUBLISHERS = new TreeMap<>();

    @BeforeAll
    static void publish() throws Exception {
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
        Probe source = FFMPEG.packets(clip(stream).toString(), 3600);
        Probe played = FFMPEG.packets(SERVER.play(stream), SECONDS);
        assertEquals(List.of(), played.warnings(), stream);
        assertEquals(video, played.codec("video"));
        assertEquals(audio, played.codec("audio"));
        for (String type : List.of("video", "audio")) {
            assertEquals(List.of(), played.notRising(type, "dts_time"), stream);
            List<String> hashes = NewFfmpeg.hashes(played, type);
            assertTrue(hashes.size() > SECONDS * 20, () -> stream + ": only " + hashes.size() + " packets of " + type);
            contiguous(stream + " " + type, NewFfmpeg.hashes(source, type), hashes);
        }
        assertTrue(PUBLISHERS.get(stream).running());
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
            assertEquals(List.of(), played.notRising(type, "dts_time"));
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
