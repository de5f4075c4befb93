package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parameters of targets do, in a running server: 25 pictures and one key frame a second; ffprobe looks at what comes of it. */
@Tag("once")
@Execution(ExecutionMode.CONCURRENT)
class TargetsIT {
    private static final int RATE = 25;

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    @TempDir
    static Path folder;
    private static PushServer server;
    private static RtmpPublisher publisher;

    @BeforeAll
    static void start() throws IOException {
        server = SHARED.get();
        Path media = Files.createDirectories(server.server().home().resolve("media"));
        Ffmpeg.installed().make(media.resolve("open.mp4"), List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "6",
            "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "300k", "-g", "25", "-c:a", "libopus"));
        Ffmpeg.installed().make(media.resolve("mp3.flv"), List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100", "-t", "6", "-c:a", "libmp3lame", "-b:a", "128k"));
        server.conf("io.sluice.streams.stream~open", "\"name\": \"open\"", "\"source\": \"file:open.mp4?loop=true\"");
        server.conf("io.sluice.streams.stream~mp3", "\"name\": \"mp3\"", "\"source\": \"file:mp3.flv?loop=true\"");
        server.conf("io.sluice.streams.stream~cam", "\"name\": \"cam\"", "\"source\": \"push://\"", "\"bufferMillis\": 60000");
        Await.until("the streams are configured", PushServer.PATIENCE, () -> Stream.of("open", "mp3", "cam").allMatch(streams()::contains));
        publisher = server.publish("cam");
    }

    private static String streams() {
        try {
            return server.server().shell("sluice:streams");
        } catch (IOException e) {
            return "";
        }
    }

    @AfterAll
    static void stop() throws IOException {
        publisher.close();
    }

    private static void awaitSeconds(int seconds) {
        Await.until("media comes", PushServer.PATIENCE, () -> publisher.ledger().published(Kind.VIDEO).size() >= seconds * RATE);
    }

    private static Ffmpeg.Probe probe(Path file) throws IOException {
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(file.toString(), 60);
        assertEquals(List.of(), probe.warnings().stream().filter(w -> !w.contains("Estimating duration")).toList(), file.toString());
        return probe;
    }

    private static int pictures(Path file) throws IOException {
        Ffmpeg.Probe probe = probe(file);
        assertEquals(List.of(), probe.notRising("video", "pts_time"), file.toString());
        return probe.times("video", "pts_time").size();
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.list(server.recording(name))) {
            return all.filter(f -> f.toString().endsWith(".ts")).sorted().toList();
        }
    }

    private static List<String> lines(String playlist, String beginning) throws IOException {
        return Files.readAllLines(server.recording(playlist)).stream().filter(l -> l.startsWith(beginning)).toList();
    }

    @ParameterizedTest
    @CsvSource({"cam, mkv, h264, aac", "cam, flv, h264, aac", "cam, mp4, h264, aac", "cam, aac, '', aac", "open, webm, vp9, opus", "mp3, wav, '', mp3"})
    void eachFormatHoldsWhatFitsAndEndsWhenDurationSays(String stream, String format, String video, String audio) throws IOException {
        server.pushWhole(stream, "form." + format + "?duration=3");
        Ffmpeg.Probe probe = probe(server.recording("form." + format));
        assertEquals(video, probe.codec("video"));
        assertEquals(audio, probe.codec("audio"));
        assertEquals(video.isEmpty() ? 0 : 3 * RATE, probe.times("video", "pts_time").size(), 1);
        List<Double> sound = probe.times("audio", "pts_time");
        assertEquals(3, sound.get(sound.size() - 1) - sound.get(0), 0.2);
    }

    @Test
    void aFormatThatHoldsNothingOfTheStreamSaysSo() {
        String said = assertThrows(IOException.class, () -> server.push("cam", "form-of-cam.webm")).getMessage();
        assertTrue(said.contains("no track of this stream fits into a file .webm") && said.contains("H.264") && said.contains("AAC"), said);
    }

    @Test
    void splitMakesFilesThatBeginWithAKeyFrame() throws IOException {
        server.pushWhole("cam", "split/$segmentCounter.ts?split=2&duration=6");
        List<Path> files = files("split");
        assertEquals(3, files.size());
        for (Path file : files) {
            assertEquals(2 * RATE, pictures(file), 1);
            assertTrue(probe(file).items().findValuesAsText("flags").get(0).startsWith("K"), file.toString());
        }
    }

    @Test
    void aPlaylistPlaysAndASecondRunGoesOnWithIt() throws IOException {
        for (int run = 0; run < 2; run++) {
            server.pushWhole("cam", "list/$segmentCounter.ts?m3u8=index.m3u8&split=1&append=1&duration=3");
        }
        assertEquals(6 * RATE, Ffmpeg.installed().packets(server.recording("list/index.m3u8").toString(), 60).times("video", "pts_time").size(), 2);
        assertEquals(6, lines("list/index.m3u8", "#EXTINF").size());
        assertEquals(1, lines("list/index.m3u8", "#EXT-X-DISCONTINUITY").stream().filter("#EXT-X-DISCONTINUITY"::equals).count());
        assertEquals(List.of("#EXT-X-ENDLIST"), lines("list/index.m3u8", "#EXT-X-ENDLIST"));
    }

    @ParameterizedTest
    @CsvSource({"targetAge=3, 3, 4", "maxEntries=3, 3, 3"})
    void aPlaylistSlidesAndItsOldSegmentsAreDeleted(String parameter, int least, int most) throws IOException {
        String name = parameter.substring(0, 3);
        server.pushWhole("cam", name + "/$segmentCounter.ts?m3u8=index.m3u8&split=1&duration=6&" + parameter);
        int entries = lines(name + "/index.m3u8", "#EXTINF").size();
        assertTrue(entries >= least && entries <= most, () -> name + ": " + entries + " entries");
        assertEquals(entries, files(name).size());
        assertFalse(Files.exists(server.recording(name + "/0.ts")));
        assertEquals(List.of("#EXT-X-MEDIA-SEQUENCE:" + (6 - entries)), lines(name + "/index.m3u8", "#EXT-X-MEDIA-SEQUENCE"));
        assertEquals(List.of(), lines(name + "/index.m3u8", "#EXT-X-PLAYLIST-TYPE"));
        assertEquals(2 * RATE, Ffmpeg.installed().packets(server.recording(name + "/index.m3u8").toString(), 2).times("video", "pts_time").size(), 3);
    }

    @Test
    void mediaTimesSayWhereARecordingBeginsAndEnds() throws IOException {
        awaitSeconds(3);
        server.pushWhole("cam", "range.mkv?recstart=2&recstop=6");
        assertEquals(4.5 * RATE, pictures(server.recording("range.mkv")), 0.5 * RATE + 1, "it begins at the key frame before");
    }

    @Test
    void aRecordingBeginsAtATimeOfDayThatIsPast() throws IOException {
        awaitSeconds(6);
        long then = System.currentTimeMillis() / 1000 - 4;
        server.pushWhole("cam", "past.ts?recstartunix=" + then + "&duration=2");
        List<Long> times = WallClockFrames.of(server.recording("past.ts"), folder);
        assertEquals(2 * RATE, times.size(), 1);
        assertEquals(then, times.get(0) / 1000.0, 1.5, "it begins at the key frame before");
    }

    @Test
    void whatIsThereIsWrittenAtOnceOrInRealTime() throws IOException {
        awaitSeconds(4);
        long slow = millis("paced.ts?recstart=0&realtime=1&duration=3");
        assertTrue(slow >= 2_600, "in " + slow + " ms");
        long twice = millis("twice.ts?recstart=0&rate=2&duration=3");
        assertTrue(twice >= 1_200, "in " + twice + " ms");
        long fast = millis("fast.ts?recstart=0&duration=3");
        assertTrue(fast < slow, fast + " ms");
        for (String name : List.of("paced.ts", "twice.ts", "fast.ts")) {
            assertEquals(3 * RATE, pictures(server.recording(name)), 1);
        }
    }

    private static long millis(String target) throws IOException {
        long began = System.nanoTime();
        server.pushWhole("cam", target);
        return (System.nanoTime() - began) / 1_000_000;
    }

    @Test
    void tracksAreChosen() throws IOException {
        String sound = server.push("cam", "sound.ts?video=none&duration=2");
        String picture = server.push("cam", "picture.mkv?audio=none&duration=2");
        server.awaitEnd(sound);
        server.awaitEnd(picture);
        assertEquals(List.of("aac"), probe(server.recording("sound.ts")).streams().findValuesAsText("codec_name"));
        assertEquals(List.of("h264"), probe(server.recording("picture.mkv")).streams().findValuesAsText("codec_name"));
    }
}
