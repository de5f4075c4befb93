package io.sluice.format.mp4;

import static io.sluice.format.mp4.Take.AUDIO;
import static io.sluice.format.mp4.Take.SECOND;
import static io.sluice.format.mp4.Take.SECOND_AUDIO;
import static io.sluice.format.mp4.Take.VIDEO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import io.sluice.format.files.Patch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Mp4WriterTest {
    @TempDir
    Path folder;

    private static ByteBuf recorded(List<Track> tracks, List<Take.Frame> frames) {
        Mp4Writer writer = new Mp4Writer(tracks, Mp4Options.DEFAULT);
        ByteBuf out = Unpooled.buffer();
        for (Take.Frame f : frames) {
            ByteBuf payload = Take.buffer(f);
            assertTrue(writer.write(f.track(), f.pts(), f.dts(), f.key(), payload, out));
            assertEquals(f.payload().length, payload.readableBytes());
        }
        for (Patch patch : writer.finish(out)) {
            out.setBytes((int) patch.offset(), patch.bytes());
        }
        assertEquals(out.readableBytes(), writer.fileBytes());
        return out;
    }

    private Path file(ByteBuf bytes) throws IOException {
        return file(bytes, bytes.readableBytes());
    }

    private Path file(ByteBuf bytes, int length) throws IOException {
        Path file = Files.createTempFile(folder, "take", ".mp4");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Mp4Finish.write(out, bytes.nioBuffer(0, length));
        }
        return file;
    }

    /** Every frame of each track once and in order, at its time from the recording's beginning. */
    private static void same(List<Take.Frame> wanted, List<Take.Frame> found, List<Track> tracks) {
        long base = wanted.stream().mapToLong(Take.Frame::pts).min().orElseThrow();
        for (int i = 0; i < tracks.size(); i++) {
            int id = tracks.get(i).id();
            int number = i + 1;
            List<Take.Frame> w = wanted.stream().filter(f -> f.track() == id).toList();
            List<Take.Frame> f = found.stream().filter(s -> s.track() == number).toList();
            assertEquals(w.size(), f.size(), "frames of track " + id);
            for (int n = 0; n < w.size(); n++) {
                assertTrue(Arrays.equals(w.get(n).payload(), f.get(n).payload()), "payload " + n + " of track " + id);
                assertEquals(w.get(n).key(), f.get(n).key());
                assertEquals(w.get(n).pts() - base, f.get(n).pts(), 12_000, "presentation time " + n + " of track " + id);
                assertEquals(w.get(n).dts() - base, f.get(n).dts(), 12_000, "decoding time " + n + " of track " + id);
            }
        }
    }

    /** The fragmented file and the plain one that is made of it. */
    private void kept(List<Track> tracks, List<Take.Frame> frames) throws Exception {
        Path file = file(recorded(tracks, frames));
        same(frames, Take.read(file), tracks);
        assertTrue(Mp4Finish.finish(file));
        same(frames, Take.read(file), tracks);
        assertEquals(List.of("ftyp", "moov", "mdat"), outermost(file));
        assertFalse(Mp4Finish.finish(file));
        assertEquals(List.of(file), files().stream().filter(f -> f.getFileName().toString().startsWith(file.getFileName().toString())).toList());
    }

    private List<Path> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.toList();
        }
    }

    private static List<String> outermost(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            FileBoxes boxes = new FileBoxes(in);
            List<String> types = new ArrayList<>();
            for (FileBoxes.Header h = boxes.next(); h != null; h = boxes.next()) {
                types.add(h.type());
            }
            return types;
        }
    }

    @Test
    void picturesInAnotherOrderAndSoundKeepTheirTimes() throws Exception {
        kept(List.of(VIDEO, AUDIO), Take.mixed(Take.video(7 * SECOND, 10), Take.audio(AUDIO, 7 * SECOND, 10)));
    }

    @Test
    void aClockNearTheEndOf32BitsOfMillisecondsIsNothingSpecial() throws Exception {
        long start = (1L << 32) * 1_000_000L - 3 * SECOND;
        kept(List.of(VIDEO, AUDIO), Take.mixed(Take.video(start, 6), Take.audio(AUDIO, start + 123_456_789, 6)));
    }

    @Test
    void aTrackThatBeginsLateBeginsLate() throws Exception {
        kept(List.of(VIDEO, AUDIO), Take.mixed(Take.video(0, 10), Take.audio(AUDIO, 5 * SECOND + 1_000_000, 4)));
        kept(List.of(VIDEO, AUDIO), Take.mixed(Take.video(5 * SECOND, 4), Take.audio(AUDIO, 0, 10)));
    }

    @Test
    void oneTrackAloneAndTwoOfSound() throws Exception {
        kept(List.of(VIDEO), Take.video(SECOND, 5));
        kept(List.of(AUDIO), Take.audio(AUDIO, SECOND, 5));
        kept(List.of(VIDEO, AUDIO, SECOND_AUDIO), Take.mixed(Take.video(0, 5), Take.audio(AUDIO, 0, 5), Take.audio(SECOND_AUDIO, 10_000_000, 5)));
        kept(List.of(VIDEO), Take.video(0, 5).subList(0, 1));
    }

    @Test
    void aGapStaysAGap() throws Exception {
        List<Take.Frame> frames = new ArrayList<>(Take.video(0, 3));
        Take.video(0, 3).forEach(f -> frames.add(f.moved(100 * SECOND)));
        kept(List.of(VIDEO), frames);
    }

    @Test
    void theFragmentedFileSaysItsLength() throws Exception {
        ByteBuf bytes = recorded(List.of(AUDIO), Take.audio(AUDIO, 0, 10));
        try (FileChannel in = FileChannel.open(file(bytes))) {
            FileBoxes boxes = new FileBoxes(in);
            boxes.next();
            Box mehd = boxes.load(boxes.next()).required("mvex").required("mehd");
            assertEquals(468L * 1024 * 90_000 / 48_000, mehd.fullReader(8).getLong());
        }
        assertEquals("mfra", outermost(file(bytes)).get(outermost(file(bytes)).size() - 1));
    }

    @Test
    void timesThatDoNotRiseAreMadeToByOneUnit() throws Exception {
        List<Take.Frame> frames = Take.audio(AUDIO, 0, 2);
        List<Take.Frame> again = new ArrayList<>(frames);
        again.addAll(frames.subList(0, 3));
        List<Take.Frame> found = Take.read(file(recorded(List.of(AUDIO), again)));
        assertEquals(again.size(), found.size());
        for (int i = 1; i < found.size(); i++) {
            assertTrue(found.get(i).dts() > found.get(i - 1).dts());
        }
    }

    @Test
    void whatACrashLeavesIsReadAndMadePlainUpToTheLastWholeFragment() throws Exception {
        List<Track> tracks = List.of(VIDEO, AUDIO);
        List<Take.Frame> frames = Take.mixed(Take.video(0, 20), Take.audio(AUDIO, 0, 20));
        ByteBuf bytes = recorded(tracks, frames);
        List<Integer> ends = fragmentEnds(file(bytes));
        Random random = new Random(6);
        for (int i = 0; i < 60; i++) {
            int length = ends.get(0) + random.nextInt(bytes.readableBytes() - ends.get(0));
            long whole = ends.stream().filter(e -> e <= length).count();
            Path file = file(bytes, length);
            List<Take.Frame> found = Take.read(file);
            // a fragment for each second: the last picture and sound of it are the first of the next one
            assertTrue(found.stream().filter(f -> f.track() == 1).count() >= whole * 25 - 1, () -> whole + " fragments whole, found " + found.size());
            samePrefix(frames, found);
            assertTrue(Mp4Finish.finish(file));
            assertEquals(found.stream().map(Take.Frame::facts).toList(), Take.read(file).stream().map(Take.Frame::facts).toList());
        }
        Path nothing = file(bytes, ends.get(0) - 1);
        assertThrows(Mp4Exception.class, () -> Mp4Finish.finish(nothing));
        assertEquals(ends.get(0) - 1, Files.size(nothing));
    }

    private static void samePrefix(List<Take.Frame> wanted, List<Take.Frame> found) {
        for (int id = 1; id <= 2; id++) {
            int track = id;
            List<String> f = found.stream().filter(s -> s.track() == track).map(Take.Frame::facts).toList();
            assertEquals(wanted.stream().filter(s -> s.track() == track).map(Take.Frame::facts).limit(f.size()).toList(), f);
        }
    }

    private static List<Integer> fragmentEnds(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            FileBoxes boxes = new FileBoxes(in);
            List<Integer> ends = new ArrayList<>();
            for (FileBoxes.Header h = boxes.next(); h != null; h = boxes.next()) {
                if (h.type().equals("mdat")) {
                    ends.add((int) h.end());
                }
            }
            return ends;
        }
    }

    @Test
    void aFileBeyond32BitsHasWideOffsetsAndSizes() throws Exception {
        List<Take.Frame> frames = Take.mixed(Take.video(0, 10), Take.audio(AUDIO, 0, 10));
        Path file = file(recorded(List.of(VIDEO, AUDIO), frames));
        Path wide = folder.resolve("wide.mp4");
        try (FileChannel in = FileChannel.open(file); FileChannel out = FileChannel.open(wide, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertTrue(Mp4Finish.copy(in, out, 1000));
        }
        same(frames, Take.read(wide), List.of(VIDEO, AUDIO));
        String bytes = Files.readString(wide, StandardCharsets.ISO_8859_1);
        assertTrue(bytes.contains("co64") && !bytes.contains("stco"));
        assertTrue(bytes.contains("\0\0\0\1mdat"));
    }

    @Test
    void aFileThatCannotBeMadePlainStaysAsItIs() throws Exception {
        ByteBuf bytes = recorded(List.of(VIDEO), Take.video(0, 5));
        int moof = bytes.toString(StandardCharsets.ISO_8859_1).lastIndexOf("moof");
        int trun = bytes.toString(StandardCharsets.ISO_8859_1).indexOf("trun", moof);
        bytes.setInt(trun + 12, 1 << 30);
        Path file = file(bytes);
        byte[] before = Files.readAllBytes(file);
        assertThrows(Mp4Exception.class, () -> Mp4Finish.finish(file));
        assertTrue(Arrays.equals(before, Files.readAllBytes(file)));
        assertEquals(List.of(file), files());
    }

    @Test
    void damagedRecordingsAreMadePlainOrRefused() throws Exception {
        ByteBuf bytes = recorded(List.of(VIDEO, AUDIO), Take.mixed(Take.video(0, 3), Take.audio(AUDIO, 0, 3)));
        Random random = new Random(8);
        for (int round = 0; round < 1500; round++) {
            ByteBuf damaged = bytes.copy();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                damaged.setByte(random.nextInt(round % 2 == 0 ? 2000 : damaged.readableBytes()), random.nextBoolean() ? random.nextInt() : 255);
            }
            Path file = file(damaged);
            try {
                Mp4Finish.finish(file);
                Take.read(file);
            } catch (Mp4Exception refused) {
                assertTrue(refused.getMessage().length() > 10);
            }
            Files.delete(file);
        }
        assertEquals(List.of(), files());
    }

    @Test
    void theDemoClipIsTheSameAfterwards() throws Exception {
        List<Take.Frame> frames = Take.read(Take.DEMO);
        List<Track> tracks;
        try (FileChannel in = FileChannel.open(Take.DEMO)) {
            tracks = Mp4File.open(in).tracks().stream().map(Mp4Track::track).toList();
        }
        kept(tracks, frames);
        Path file = file(recorded(tracks, frames));
        Mp4Finish.finish(file);
        try (FileChannel in = FileChannel.open(file)) {
            assertEquals(tracks, Mp4File.open(in).tracks().stream().map(Mp4Track::track).toList());
        }
    }

    @Test
    void everyCodecThatAnMp4FileCarriesIsReadAsItWas() throws Exception {
        for (Track track : Samples.TRACKS) {
            List<Take.Frame> frames = Take.audio(AUDIO, 0, 2).stream().map(f -> new Take.Frame(track.id(), f.pts(), f.dts(), true, f.payload())).toList();
            Path file = file(recorded(List.of(track), frames));
            for (boolean plain : new boolean[] {false, true}) {
                assertEquals(plain, plain && Mp4Finish.finish(file));
                try (FileChannel in = FileChannel.open(file)) {
                    Track found = Mp4File.open(in).tracks().get(0).track();
                    assertEquals(track.codec(), found.codec());
                    assertEquals(track.toString(), found.toString());
                    assertTrue(Arrays.equals(track.configuration(), found.configuration()), track + " has another configuration");
                    assertEquals(track.language(), found.language());
                }
            }
        }
    }

    @Test
    void whatCannotBeCarriedIsRefusedWithASentence() {
        assertEquals("A-law sound cannot travel in MP4", Mp4Writer.problem(Track.audio(1, Codec.ALAW, new byte[0], 8000, 1)));
        Track broken = Track.video(1, Codec.H264, new byte[] {9}, 10, 10);
        assertTrue(Mp4Writer.problem(broken).startsWith("H.264 has a configuration that no decoder takes: "), Mp4Writer.problem(broken));
        assertThrows(IllegalArgumentException.class, () -> new Mp4Writer(List.of(broken), Mp4Options.DEFAULT));
        assertThrows(IllegalArgumentException.class, () -> new Mp4Writer(List.of(), Mp4Options.DEFAULT));
        assertEquals("", Mp4Writer.problem(TrackOf.mp3(1, 44100, 2)));
    }

    @Test
    void aRecordingWithoutFramesIsEmptyAndAFrameOfAnotherTrackIsNotTaken() {
        Mp4Writer writer = new Mp4Writer(List.of(AUDIO), Mp4Options.DEFAULT);
        ByteBuf out = Unpooled.buffer();
        assertFalse(writer.write(99, 0, 0, true, Unpooled.wrappedBuffer(new byte[1]), out));
        assertEquals(List.of(), writer.finish(out));
        assertEquals(0, out.readableBytes());
    }

    @Test
    void aFragmentEndsAtItsMostBytes() {
        Mp4Writer writer = new Mp4Writer(List.of(VIDEO), new Mp4Options(SECOND, 100 * SECOND, 1000));
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < 10; i++) {
            writer.write(1, i, i * 1000L, i == 0, Unpooled.wrappedBuffer(new byte[1000]), out);
            assertTrue(i * 1000 - out.readableBytes() <= 1000, "after " + i + " frames " + out.readableBytes() + " bytes have come out");
        }
    }
}
