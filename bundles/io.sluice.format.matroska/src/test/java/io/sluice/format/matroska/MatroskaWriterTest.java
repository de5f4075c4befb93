package io.sluice.format.matroska;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import io.sluice.format.files.Patch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatroskaWriterTest {
    private static final Track VIDEO = TrackOf.avc(1, hex("0164001effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0fdf8f800"));
    private static final Track AUDIO = TrackOf.aac(2, hex("1190"));
    private static final Track OPUS = TrackOf.opus(3, hex("0102380180bb0000000000"));
    private static final Track VP9 = TrackOf.vp9(4, hex("000a820202020000"), 320, 240);
    private static final int[] REORDER = {2, 4, 1, 3};

    /** One frame; times in nanoseconds. */
    private record Frame(Track track, long pts, long dts, boolean key, byte[] payload) {
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] payload(Random random, int most) {
        byte[] data = new byte[1 + random.nextInt(most)];
        random.nextBytes(data);
        return data;
    }

    /** 25 pictures a second with B-frames, a key frame each second, and sound. */
    private static List<Frame> frames(long start, int seconds) {
        Random random = new Random(1);
        List<Frame> out = new ArrayList<>();
        for (int i = 0; i < seconds * 25; i++) {
            boolean key = i % 25 == 0;
            out.add(new Frame(VIDEO, start + (i + (key ? 1 : REORDER[i % 4])) * 40_000_000L, start + i * 40_000_000L, key, payload(random, key ? 20_000 : 300)));
        }
        for (int i = 0; i < seconds * 48000 / 1024; i++) {
            long time = start + i * 1024L * 1_000_000_000L / 48000;
            out.add(new Frame(AUDIO, time, time, true, payload(random, 200)));
        }
        out.sort(Comparator.comparingLong(Frame::dts));
        return out;
    }

    private static ByteBuf recorded(List<Track> tracks, MatroskaKind kind, List<Frame> frames, boolean patched) {
        MatroskaWriter writer = new MatroskaWriter(tracks, kind, MatroskaOptions.DEFAULT);
        ByteBuf out = Unpooled.buffer();
        for (Frame f : frames) {
            ByteBuf payload = Unpooled.wrappedBuffer(f.payload());
            assertTrue(writer.write(f.track().id(), f.pts(), f.dts(), f.key(), payload, out));
            assertEquals(f.payload().length, payload.readableBytes());
        }
        List<Patch> patches = writer.finish(out);
        assertEquals(out.readableBytes(), writer.fileBytes());
        for (Patch patch : patched ? patches : List.<Patch>of()) {
            out.setBytes((int) patch.offset(), patch.bytes());
        }
        return out;
    }

    private static void same(List<Frame> wanted, List<Parsed.Block> found, List<Track> tracks) {
        long base = wanted.stream().mapToLong(Frame::pts).min().orElseThrow();
        assertTrue(found.size() <= wanted.size());
        for (int i = 0; i < found.size(); i++) {
            Parsed.Block block = found.get(i);
            Frame frame = wanted.get(i);
            assertEquals(tracks.indexOf(frame.track()) + 1, block.track());
            assertEquals((frame.pts() - base) / 1e6, block.millis(), 1.0, "time of frame " + i);
            assertEquals(frame.key(), block.key());
            assertEquals(Unpooled.wrappedBuffer(frame.payload()), block.payload());
        }
    }

    @Test
    void everyFrameIsThereInOrderAtItsTime() {
        for (long start : new long[] {0, 7_123_456_789L, (1L << 32) * 1_000_000L - 3_000_000_000L}) {
            List<Frame> frames = frames(start, 10);
            Parsed file = new Parsed(recorded(List.of(VIDEO, AUDIO), MatroskaKind.MATROSKA, frames, true));
            assertEquals(frames.size(), file.blocks.size());
            same(frames, file.blocks, List.of(VIDEO, AUDIO));
            assertEquals("matroska", file.text(Id.DOC_TYPE));
            assertEquals(List.of("V_MPEG4/ISO/AVC", "A_AAC"), file.codecs);
        }
    }

    @Test
    void aPatchedFileSaysItsSizeItsLengthAndWhereItsPartsAre() {
        ByteBuf bytes = recorded(List.of(VIDEO, AUDIO), MatroskaKind.MATROSKA, frames(0, 10), true);
        Parsed file = new Parsed(bytes);
        assertFalse(file.cut);
        assertEquals(bytes.readableBytes() - file.segment, file.segmentSize);
        assertEquals(10_160, file.leaves.get(Id.DURATION).readDouble(), 1);
        for (long id : new long[] {Id.INFO, Id.TRACKS, Id.CUES}) {
            assertEquals((int) id, bytes.getInt((int) (file.segment + file.seek.get(id))));
        }
        assertEquals(10, file.cueTimes.size());
        assertTrue(file.clusters.containsAll(file.cueClusters));
        for (int i = 0; i < 10; i++) {
            assertEquals(1000L * i + 40, file.cueTimes.get(i));
        }
    }

    @Test
    void anUnpatchedFileHasEverythingButThat() {
        List<Frame> frames = frames(0, 10);
        Parsed file = new Parsed(recorded(List.of(VIDEO, AUDIO), MatroskaKind.MATROSKA, frames, false));
        assertEquals(-1, file.segmentSize);
        assertNull(file.leaves.get(Id.DURATION));
        assertEquals(frames.size(), file.blocks.size());
    }

    @Test
    void whatACrashLeavesIsWholeUpToTheLastWholeCluster() {
        List<Frame> frames = frames(0, 20);
        ByteBuf bytes = recorded(List.of(VIDEO, AUDIO), MatroskaKind.MATROSKA, frames, false);
        Parsed whole = new Parsed(bytes);
        Random random = new Random(6);
        int first = (int) (whole.segment + whole.clusters.get(1));
        for (int i = 0; i < 200; i++) {
            int length = first + random.nextInt(bytes.readableBytes() - first);
            Parsed file = new Parsed(bytes.slice(0, length));
            same(frames, file.blocks, List.of(VIDEO, AUDIO));
            long wholeClusters = whole.clusters.stream().skip(1).filter(c -> whole.segment + c <= length).count();
            assertTrue(file.blocks.stream().filter(b -> b.track() == 1).count() >= wholeClusters * 25 - 1);
        }
    }

    @Test
    void aGapOfHoursMakesANewCluster() {
        List<Frame> frames = new ArrayList<>(frames(0, 2));
        frames.addAll(frames(10_000_000_000_000L, 2));
        Parsed file = new Parsed(recorded(List.of(VIDEO, AUDIO), MatroskaKind.MATROSKA, frames, true));
        same(frames, file.blocks, List.of(VIDEO, AUDIO));
    }

    @Test
    void opusPreSkipIsAddedToItsTimesAndSaid() {
        Frame frame = new Frame(OPUS, 1_000_000_000L, 1_000_000_000L, true, new byte[10]);
        Parsed file = new Parsed(recorded(List.of(OPUS), MatroskaKind.WEBM, List.of(frame), true));
        assertEquals("webm", file.text(Id.DOC_TYPE));
        assertEquals(6_500_000, Parsed.number(file.leaves.get(Id.CODEC_DELAY)));
        assertEquals(7, file.blocks.get(0).millis());
        assertEquals("OpusHead", file.text(Id.CODEC_PRIVATE).substring(0, 8));
    }

    @Test
    void webmRefusesWhatItCannotCarryWithASentence() {
        assertEquals("AAC sound cannot travel in WebM", MatroskaWriter.problem(AUDIO, MatroskaKind.WEBM));
        assertEquals("H.264 video cannot travel in WebM", MatroskaWriter.problem(VIDEO, MatroskaKind.WEBM));
        assertEquals("", MatroskaWriter.problem(VP9, MatroskaKind.WEBM));
        assertThrows(IllegalArgumentException.class, () -> new MatroskaWriter(List.of(AUDIO), MatroskaKind.WEBM, MatroskaOptions.DEFAULT));
    }

    @Test
    void brokenConfigurationsAreRefusedAndTelephonyIsCarried() {
        Track broken = Track.video(1, Codec.H264, new byte[] {9}, 10, 10);
        assertTrue(MatroskaWriter.problem(broken, MatroskaKind.MATROSKA).startsWith("H.264 has a configuration that no decoder takes: "));
        Track alaw = Track.audio(1, Codec.ALAW, new byte[0], 8000, 1);
        Parsed file = new Parsed(recorded(List.of(alaw), MatroskaKind.MATROSKA, List.of(new Frame(alaw, 0, 0, true, new byte[160])), true));
        assertEquals(List.of("A_MS/ACM"), file.codecs);
        assertEquals(18, file.leaves.get(Id.CODEC_PRIVATE).readableBytes());
    }

    @Test
    void aRecordingWithoutFramesIsEmptyAndAFrameOfAnotherTrackIsNotTaken() {
        MatroskaWriter writer = new MatroskaWriter(List.of(AUDIO), MatroskaKind.MATROSKA, MatroskaOptions.DEFAULT);
        ByteBuf out = Unpooled.buffer();
        assertFalse(writer.write(99, 0, 0, true, Unpooled.wrappedBuffer(new byte[1]), out));
        assertEquals(List.of(), writer.finish(out));
        assertEquals(0, out.readableBytes());
    }

    @Test
    void aClusterEndsAtItsMostBytes() {
        MatroskaWriter writer = new MatroskaWriter(List.of(VIDEO), MatroskaKind.MATROSKA, new MatroskaOptions(1000, 5000, 1000));
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < 10; i++) {
            writer.write(1, i, i, i == 0, Unpooled.wrappedBuffer(new byte[1000]), out);
            assertTrue(i * 1000 - out.readableBytes() <= 1000, "after " + i + " frames " + out.readableBytes() + " bytes have come out");
        }
    }
}
