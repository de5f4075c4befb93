package io.sluice.target.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.hls.TsReader;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.media.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream goes into a file and comes out of it again: every frame, its bytes and its time. */
class FilesTest {
    @TempDir
    Path root;
    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(root);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Path record(String target, List<Frame> frames) {
        Studio.Push push = studio.start(target).play(frames);
        assertEquals("", push.finish());
        frames.forEach(f -> assertEquals(0, f.payload().refCnt()));
        return Path.of(push.recording.path());
    }

    @Test
    void everyFrameIsInATransportStreamWithItsBytes() throws IOException {
        List<String> pictures = Film.hashes(MediaKind.VIDEO, Film.whole());
        List<String> sounds = Film.hashes(MediaKind.AUDIO, Film.whole());
        TsReader reader = new TsReader();
        reader.segment("file", Files.readAllBytes(record("a/$stream.ts", Film.whole())), false);
        assertEquals(List.of(), reader.faults());
        assertEquals(pictures, reader.frames(Kind.VIDEO).stream().map(Seen::hash).toList());
        assertEquals(sounds, reader.frames(Kind.AUDIO).stream().map(Seen::hash).toList());
    }

    @Test
    void everyFrameIsInAnFlvWithItsBytesAndItsTime() throws IOException {
        long minute = 60 * Film.SECOND;
        List<Frame> film = Film.of(0, minute, Long.MAX_VALUE);
        List<String> pictures = Film.hashes(MediaKind.VIDEO, film);
        ClipFrames clip = ClipFrames.of(record("a/$stream.flv", film));
        List<Seen> seen = clip.media().stream().filter(f -> f.kind() == Kind.VIDEO).map(f -> f.seen()).toList();
        assertEquals(pictures, seen.stream().map(Seen::hash).toList());
        assertEquals(Film.hashes(MediaKind.AUDIO, Film.whole()), clip.media().stream().filter(f -> f.kind() == Kind.AUDIO).map(f -> f.hash()).toList());
        assertEquals(0, seen.get(0).millis(), 100);
        assertEquals(24_000, clip.durationMillis(), 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "flv", "mkv", "mp4"})
    void ffprobeReadsThemAllWithoutAWord(String extension) throws IOException {
        Path file = record("show." + extension, Film.whole());
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(file.toString(), 60);
        assertEquals(List.of(), probe.warnings());
        assertEquals("h264", probe.codec("video"));
        assertEquals("aac", probe.codec("audio"));
        assertEquals(Film.PICTURES, probe.times("video", "pts_time").size());
        assertEquals(Film.SOUNDS, probe.times("audio", "pts_time").size());
        assertEquals(List.of(), probe.notRising("video", "dts_time"));
        assertEquals(List.of(), probe.notRising("audio", "pts_time"));
        Ffmpeg.Probe decoded = Ffmpeg.installed().frames(file.toString(), 5);
        assertEquals(List.of(), decoded.warnings());
    }

    @Test
    void anAacFileHasTheSoundAndSaysWhatIsLeftOut() throws IOException {
        Studio.Push push = studio.start("show.aac").play(Film.whole());
        assertEquals("", push.finish());
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(push.recording.path(), 60);
        assertEquals(List.of(), probe.warnings().stream().filter(w -> !w.contains("Estimating duration")).toList());
        assertEquals(Film.SOUNDS, probe.times("audio", "pts_time").size());
        assertTrue(push.notes.get(0).contains("H.264"), push.notes.toString());
    }

    @ParameterizedTest
    @CsvSource({"ALAW, pcm_alaw", "ULAW, pcm_mulaw"})
    void aWavFileHasTheRightLength(Codec codec, String name) throws IOException {
        Path file = record("call.wav", Film.telephone(codec, 500));
        assertEquals(46 + 500 * 160, Files.size(file));
        Ffmpeg.Probe probe = Ffmpeg.installed().frames(file.toString(), 60);
        assertEquals(List.of(), probe.warnings());
        assertEquals(name, probe.codec("audio"));
        assertEquals(10.0, probe.streams().get(0).path("duration").asDouble(), 0.001);
    }

    @Test
    void anMp4IsPlainInTheEnd() throws IOException {
        byte[] bytes = Files.readAllBytes(record("show.mp4", Film.whole()));
        String boxes = new String(bytes, StandardCharsets.ISO_8859_1);
        assertTrue(boxes.indexOf("moov") < boxes.indexOf("mdat"));
        assertEquals(-1, boxes.indexOf("moof"));
    }

    @Test
    void whatIsToldOfItIsRight() throws IOException {
        Studio.Push push = studio.start("$year/$stream.ts".replace("$year", "2026")).play(Film.of(0, 10 * Film.SECOND, Long.MAX_VALUE));
        assertEquals("", push.finish());
        Path file = root.toRealPath().resolve("2026/show.ts");
        assertEquals(file.toString(), push.shown);
        assertEquals(file.toString(), push.recording.path());
        assertEquals("ts", push.recording.format());
        assertEquals(Files.size(file), push.recording.bytes());
        assertEquals(Files.size(file), push.bytes);
        assertEquals(10_000, push.recording.firstMillis(), 100);
        assertEquals(34_000, push.recording.lastMillis(), 100);
        assertEquals(34, push.mediaNanos / 1e9, 0.1);
    }

    @Test
    void aStreamWithoutATrackThatFitsIsRefusedWithWhatItHas() {
        Studio.Push push = studio.start("show.wav").play(Film.whole());
        String why = push.over();
        assertTrue(why.contains("no track of this stream fits into a file .wav") && why.contains("AAC 48000 Hz"), why);
        assertEquals(null, push.recording);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "flv"})
    void appendingGoesOnWithTheFile(String extension) throws IOException {
        Path file = record("show." + extension, Film.whole());
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        record("show." + extension + "?append=1", Film.whole());
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(file.toString(), 120);
        assertEquals(List.of(), probe.warnings());
        assertEquals(2 * Film.PICTURES, probe.times("video", "dts_time").size());
        assertEquals(2 * Film.SOUNDS, probe.times("audio", "pts_time").size());
        assertEquals(List.of(), probe.notRising("video", "dts_time"));
        List<Double> times = probe.times("video", "dts_time");
        assertEquals(48, times.get(times.size() - 1) - times.get(0), 1);
    }

    @Test
    void withoutItTheFileIsReplaced() throws IOException {
        Path file = record("show.ts", Film.whole());
        long size = Files.size(file);
        record("show.ts", Film.of(0, 0, 5 * Film.SECOND));
        assertTrue(Files.size(file) < size / 2, "bytes: " + Files.size(file));
    }

    @Test
    void aPublisherThatComesBackGoesOnInTheSameFile() throws IOException {
        Studio.Push push = studio.start("show.ts").play(Film.of(0, 0, 8 * Film.SECOND)).play(Film.of(1, 11 * Film.SECOND, 8 * Film.SECOND));
        assertEquals("", push.finish());
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(push.recording.path(), 60);
        assertEquals(List.of(), probe.warnings());
        assertEquals(480, probe.times("video", "dts_time").size(), 4);
        assertEquals(List.of(), probe.notRising("video", "dts_time"));
        assertTrue(push.notes.stream().anyMatch(n -> n.contains("discontinuity")), push.notes.toString());
    }

    @Test
    void closeFinishesTheFileWithAllThatIsThere() throws Exception {
        Studio.Push push = studio.start("show.flv").play(Film.whole());
        assertEquals("", push.close());
        assertEquals(24_000, ClipFrames.of(Path.of(push.recording.path())).durationMillis(), 100);
    }
}
