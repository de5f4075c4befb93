package io.sluice.target.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of many files: where they are cut, what the playlist says, what stays. The demo has a key frame every two seconds. */
class SegmentsTest {
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

    private Studio.Push record(String target, List<Frame> frames) {
        Studio.Push push = studio.start(target).play(frames);
        assertEquals("", push.finish());
        return push;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).map(f -> root.relativize(f).toString()).filter(f -> !f.startsWith(".")).sorted().toList();
        }
    }

    private List<String> playlist(String name) throws IOException {
        return Files.readAllLines(root.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "flv", "mkv", "mp4"})
    void aNewFileBeginsAtTheFirstKeyFrameAfterTheSplit(String extension) throws IOException {
        record("show-$segmentCounter." + extension + "?split=5", Film.whole());
        List<String> files = files();
        assertEquals(List.of("show-0", "show-1", "show-2", "show-3").stream().map(n -> n + "." + extension).toList(), files);
        int pictures = 0;
        for (String file : files) {
            Ffmpeg.Probe probe = Ffmpeg.installed().frames(root.resolve(file).toString(), 60);
            assertEquals(List.of(), probe.warnings());
            pictures += probe.times("video", "pts_time").size();
        }
        assertEquals(Film.PICTURES, pictures);
    }

    @Test
    void thePlaylistOfALiveRecordingSaysAllThatIsWanted() throws IOException {
        Studio.Push push = record("a/show-$segmentCounter.ts?m3u8=../show.m3u8&split=8", Film.whole());
        List<String> lines = playlist("show.m3u8");
        assertEquals(List.of("#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-PLAYLIST-TYPE:EVENT", "#EXT-X-TARGETDURATION:8", "#EXT-X-MEDIA-SEQUENCE:0",
            "#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:00.000Z", "#EXTINF:8.000,", "a/show-0.ts", "#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:08.000Z", "#EXTINF:8.000,",
            "a/show-1.ts", "#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:16.000Z", "#EXTINF:8.000,", "a/show-2.ts", "#EXT-X-ENDLIST"), lines);
        assertEquals(root.toRealPath().resolve("show.m3u8").toString(), push.recording.path());
        assertEquals(push.recording.path(), push.shown);
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(push.recording.path(), 60);
        assertEquals(List.of(), probe.warnings());
        assertEquals(Film.PICTURES, probe.times("video", "dts_time").size());
        assertEquals(Film.SOUNDS, probe.times("audio", "dts_time").size());
        assertEquals(List.of(), probe.notRising("video", "dts_time"));
    }

    @Test
    void itGrowsWhileItIsWritten() throws Exception {
        Studio.Push push = studio.start("show-$currentMediaTime.ts?m3u8=show.m3u8&split=2").play(Film.of(0, 0, 5 * Film.SECOND));
        Await.until("two segments", Duration.ofSeconds(10), () -> Files.exists(root.resolve("show.m3u8")) && playlist("show.m3u8").contains("show-2000.ts"));
        assertFalse(playlist("show.m3u8").contains("#EXT-X-ENDLIST"));
        assertEquals("", push.close());
        assertTrue(playlist("show.m3u8").contains("#EXT-X-ENDLIST"));
        assertTrue(playlist("show.m3u8").contains("show-4000.ts"));
    }

    @Test
    void aListThatKeepsSoManyEntriesSlidesAndDeletesTheRest() throws IOException {
        record("show-$segmentCounter.ts?m3u8=show.m3u8&split=2&maxEntries=3", Film.whole());
        assertEquals(List.of("show-10.ts", "show-11.ts", "show-9.ts", "show.m3u8"), files());
        List<String> lines = playlist("show.m3u8");
        assertTrue(lines.contains("#EXT-X-MEDIA-SEQUENCE:9"), lines.toString());
        assertFalse(lines.contains("#EXT-X-ENDLIST") || lines.stream().anyMatch(l -> l.contains("PLAYLIST-TYPE")), lines.toString());
    }

    @Test
    void aListThatKeepsSoMuchTimeDoesToo() throws IOException {
        record("show-$segmentCounter.ts?m3u8=show.m3u8&split=2&targetAge=6", Film.whole());
        assertEquals(4, playlist("show.m3u8").stream().filter(l -> l.endsWith(".ts")).count(), 1);
        assertEquals(playlist("show.m3u8").stream().filter(l -> l.endsWith(".ts")).sorted().toList(), files().stream().filter(f -> f.endsWith(".ts")).toList());
    }

    @Test
    void appendingGoesOnWithTheList() throws IOException {
        record("show-$segmentCounter.ts?m3u8=show.m3u8&split=12", Film.whole());
        record("show-$segmentCounter.ts?m3u8=show.m3u8&split=12&append", Film.whole());
        List<String> lines = playlist("show.m3u8").stream().filter(l -> !l.contains("PROGRAM")).toList();
        assertEquals(List.of("#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-PLAYLIST-TYPE:EVENT", "#EXT-X-TARGETDURATION:12", "#EXT-X-MEDIA-SEQUENCE:0", "#EXTINF:12.000,", "show-0.ts",
            "#EXTINF:12.000,", "show-1.ts", "#EXT-X-DISCONTINUITY", "#EXTINF:12.000,", "show-2.ts", "#EXTINF:12.000,", "show-3.ts", "#EXT-X-ENDLIST"), lines);
        Ffmpeg.Probe probe = Ffmpeg.installed().packets(root.resolve("show.m3u8").toString(), 120);
        assertEquals(2 * Film.PICTURES, probe.times("video", "dts_time").size());
    }

    @Test
    void startingAnewRemovesWhatTheOldListNamesButNothingOfOthers() throws IOException {
        record("show-$segmentCounter.ts?m3u8=show.m3u8&split=2", Film.whole());
        Files.writeString(root.resolve("mine.ts"), "not a recording");
        Files.writeString(root.resolve("show.m3u8"), Files.readString(root.resolve("show.m3u8")) + "mine.ts\n../../../etc/hostname\n");
        record("show-$segmentCounter.ts?m3u8=show.m3u8&split=12", Film.whole());
        assertEquals(List.of("mine.ts", "show-0.ts", "show-1.ts", "show.m3u8"), files());
        assertTrue(Files.exists(Path.of("/etc/hostname")));
    }

    @Test
    void laterSegmentsMayHaveANameOfTheirOwn() throws IOException {
        record("show/first.ts?segment=part-$segmentCounter.ts&m3u8=index.m3u8&split=12", Film.whole());
        assertEquals(List.of("show/first.ts", "show/index.m3u8", "show/part-1.ts"), files());
    }

    @Test
    void aPublisherThatComesBackBeginsASegmentWithADiscontinuity() throws IOException {
        Studio.Push push = studio.start("show-$segmentCounter.ts?m3u8=show.m3u8&split=60").play(Film.of(0, 0, 8 * Film.SECOND)).play(Film.of(1, 11 * Film.SECOND, 8 * Film.SECOND));
        assertEquals("", push.finish());
        List<String> lines = playlist("show.m3u8").stream().filter(l -> !l.contains("PROGRAM")).skip(5).toList();
        assertEquals(List.of("#EXTINF:8.000,", "show-0.ts", "#EXT-X-DISCONTINUITY", "#EXTINF:8.000,", "show-1.ts", "#EXT-X-ENDLIST"), lines);
    }

    @Test
    void soundAloneIsCutToo() throws IOException {
        record("show-$segmentCounter.aac?m3u8=show.m3u8&split=6", Film.only(MediaKind.AUDIO, Film.whole()));
        assertEquals(4, files().stream().filter(f -> f.endsWith(".aac")).count());
        assertTrue(playlist("show.m3u8").contains("#EXT-X-TARGETDURATION:6"));
    }

    @Test
    void splitFollowsLongGroupsOfPicturesWhereAskedTo() throws IOException {
        Studio.Push push = record("show-$segmentCounter.ts?m3u8=show.m3u8&split=500ms&adjustSplit", Film.whole());
        assertTrue(push.notes.stream().anyMatch(n -> n.contains("split is 1000 ms")), push.notes.toString());
        Studio.Push plain = record("plain-$segmentCounter.ts?m3u8=plain.m3u8&split=500ms", Film.whole());
        assertFalse(plain.notes.stream().anyMatch(n -> n.contains("split is")), plain.notes.toString());
    }

    @Test
    void twoFilesOfTheSameNameAreNotOne() throws IOException {
        record("$wildcard-$segmentCounter.ts?split=2&segment=$wildcard.ts", Film.of(0, 0, 6 * Film.SECOND));
        assertEquals(List.of("one-0.ts", "one-2.ts", "one.ts"), files());
    }

    @Test
    void namesWithOddCharactersAreWrittenAsAddresses() throws IOException {
        record("a b#c:%ü-$segmentCounter.ts?m3u8=show.m3u8&split=12", Film.whole());
        assertTrue(playlist("show.m3u8").stream().anyMatch(Pattern.compile("a%20b%23c%3A%25.*-0\\.ts").asMatchPredicate()), playlist("show.m3u8").toString());
        record("a b#c:%ü-$segmentCounter.ts?m3u8=show.m3u8&split=12&append", Film.whole());
        assertEquals(4, files().stream().filter(f -> f.endsWith(".ts")).count());
    }
}
