package io.sluice.format.mp4;

import static io.sluice.format.mp4.BoxWriter.box;
import static io.sluice.format.mp4.BoxWriter.channel;
import static io.sluice.format.mp4.BoxWriter.full;
import static io.sluice.format.mp4.BoxWriter.hex;
import static io.sluice.format.mp4.BoxWriter.ints;
import static io.sluice.format.mp4.BoxWriter.join;
import static io.sluice.format.mp4.BoxWriter.movie;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Mp4FileTest {
    private static final byte[] NONE = new byte[0];
    private static final byte[] MDAT = box("mdat", new byte[100]);

    @TempDir
    Path folder;

    private static byte[] tables() {
        return join(full("stts", 0, ints(2, 2, 20, 1, 30)), full("stsz", 0, ints(0, 3, 10, 20, 30)), full("stsc", 0, ints(2, 1, 2, 1, 2, 1, 1)),
            full("stco", 0, ints(2, 8, 60)));
    }

    private static List<Mp4Sample> samples(Mp4File file) {
        List<Mp4Sample> out = new ArrayList<>();
        file.samples().forEachRemaining(out::add);
        return out;
    }

    private Mp4File open(byte[]... parts) throws Exception {
        try (SeekableByteChannel in = channel(folder, parts)) {
            return Mp4File.open(in);
        }
    }

    @Test
    void anIndexAtTheEndIsReadAsOneAtTheBeginning() throws Exception {
        Mp4File file = open(MDAT, movie(NONE, tables()));
        Track track = file.tracks().get(0).track();
        assertEquals(Codec.AAC, track.codec());
        assertEquals(48000, track.sampleRate());
        assertEquals(2, track.channels());
        assertEquals("en", track.language());
        List<Mp4Sample> samples = samples(file);
        assertEquals(List.of(8L, 18L, 60L), samples.stream().map(Mp4Sample::offset).toList());
        assertEquals(List.of(10, 20, 30), samples.stream().map(Mp4Sample::size).toList());
        assertEquals(List.of(0L, 20_000_000L, 40_000_000L), samples.stream().map(Mp4Sample::dtsNanos).toList());
        assertEquals(70_000_000L, file.tracks().get(0).endNanos());
        assertTrue(samples.stream().allMatch(Mp4Sample::key));
    }

    @Test
    void anEmptyEditDelaysAndAMediaTimeCutsTheBeginning() throws Exception {
        byte[] elst = full("elst", 0, ints(2, 500, -1, 0x10000, 70, 20, 0x10000));
        List<Mp4Sample> samples = samples(open(MDAT, movie(elst, tables())));
        assertEquals(480_000_000L, samples.get(0).ptsNanos());
        assertEquals(500_000_000L, samples.get(1).ptsNanos());
    }

    @Test
    void compositionOffsetsAndSyncSamplesAreKept() throws Exception {
        byte[] more = join(full("ctts", 0x01000000, ints(2, 1, 40, 2, -10)), full("stss", 0, ints(2, 1, 3)));
        List<Mp4Sample> samples = samples(open(MDAT, movie(NONE, tables(), more)));
        assertEquals(List.of(40_000_000L, 10_000_000L, 30_000_000L), samples.stream().map(Mp4Sample::ptsNanos).toList());
        assertEquals(List.of(true, false, true), samples.stream().map(Mp4Sample::key).toList());
    }

    @Test
    void compactSizesAndWideOffsetsAreRead() throws Exception {
        byte[] t = join(full("stts", 0, ints(1, 3, 20)), full("stz2", 0, ints(4, 3), hex("1230")), full("stsc", 0, ints(1, 1, 3, 1)),
            full("co64", 0, ints(1, 0, 8)));
        assertEquals(List.of(1, 2, 3), samples(open(MDAT, movie(NONE, t))).stream().map(Mp4Sample::size).toList());
    }

    @Test
    void sizeOneIsAWideSizeAndSizeZeroGoesToTheEnd() throws Exception {
        byte[] wide = join(ints(1), BoxWriter.ascii("free"), ints(0, 24), new byte[8]);
        byte[] toTheEnd = MDAT.clone();
        toTheEnd[3] = 0;
        Mp4File file = open(wide, movie(NONE, tables()), toTheEnd);
        assertEquals(3, samples(file).size());
    }

    @Test
    void fragmentsAppendSamplesAtTheTimesTheySay() throws Exception {
        byte[] empty = join(full("stts", 0, ints(0)), full("stsz", 0, ints(0, 0)), full("stsc", 0, ints(0)), full("stco", 0, ints(0)));
        byte[] trex = box("mvex", full("trex", 0, ints(1, 1, 25, 4, 0x10000)));
        byte[] moov = box("moov", BoxWriter.mvhd(), BoxWriter.aacTrack(1, NONE, empty), trex);
        byte[] run = full("trun", 0x205, ints(2, 100, 0, 6, 7));
        byte[] later = full("traf", 0, NONE);
        byte[] traf = box("traf", full("tfhd", 0x20000, ints(1)), full("tfdt", 0x01000000, ints(0, 5000)), run);
        byte[] second = box("traf", full("tfhd", 0x20000, ints(1)), full("trun", 1, ints(1, 8)));
        Mp4File file = open(moov, box("moof", traf), MDAT, box("moof", second), MDAT, later);
        List<Mp4Sample> samples = samples(file);
        assertEquals(List.of(5_000_000_000L, 5_025_000_000L, 5_050_000_000L), samples.stream().map(Mp4Sample::dtsNanos).toList());
        assertEquals(List.of(6, 7, 4), samples.stream().map(Mp4Sample::size).toList());
        assertEquals(List.of(true, false, false), samples.stream().map(Mp4Sample::key).toList());
        assertEquals(moov.length + 106L, samples.get(1).offset());
    }

    @Test
    void tracksAreInterleavedByDecodingTime() throws Exception {
        byte[] moov = box("moov", BoxWriter.mvhd(), BoxWriter.aacTrack(1, NONE, tables()), BoxWriter.aacTrack(2, NONE, tables()));
        List<Mp4Sample> samples = samples(open(MDAT, moov));
        assertEquals(List.of(1, 2, 1, 2, 1, 2), samples.stream().map(s -> s.track().track().id()).toList());
        assertFalse(samples.stream().anyMatch(s -> s.size() == 0));
    }
}
