package io.sluice.format.mp4;

import static io.sluice.format.mp4.BoxWriter.ascii;
import static io.sluice.format.mp4.BoxWriter.box;
import static io.sluice.format.mp4.BoxWriter.channel;
import static io.sluice.format.mp4.BoxWriter.full;
import static io.sluice.format.mp4.BoxWriter.ints;
import static io.sluice.format.mp4.BoxWriter.join;
import static io.sluice.format.mp4.BoxWriter.movie;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedMp4Test {
    private static final byte[] NONE = new byte[0];
    private static final byte[] MDAT = box("mdat", new byte[100]);

    @TempDir
    Path folder;

    private void refused(String why, byte[]... parts) throws Exception {
        try (SeekableByteChannel in = channel(folder, parts)) {
            Mp4Exception e = assertThrows(Mp4Exception.class, () -> Mp4File.open(in));
            assertTrue(e.getMessage().contains(why), e.getMessage());
        }
    }

    private static byte[] tables(byte[] stts, byte[] stsz, byte[] stsc, byte[] stco) {
        return join(stts, stsz, stsc, stco);
    }

    private static final byte[] STTS = full("stts", 0, ints(1, 3, 20));
    private static final byte[] STSZ = full("stsz", 0, ints(0, 3, 10, 20, 30));
    private static final byte[] STSC = full("stsc", 0, ints(1, 1, 3, 1));
    private static final byte[] STCO = full("stco", 0, ints(1, 8));

    @Test
    void textIsNoMp4() throws Exception {
        refused("no MP4", ascii("This is a text and not a film, whatever its name says."));
    }

    @Test
    void anEmptyFileIsNoMp4() throws Exception {
        refused("no 'moov'", NONE);
    }

    @Test
    void aFileCutShortSaysSo() throws Exception {
        byte[] whole = join(MDAT, movie(NONE, tables(STTS, STSZ, STSC, STCO)));
        refused("cut short", Arrays.copyOf(whole, whole.length - 20));
    }

    @Test
    void samplesBeyondTheFileAreRefused() throws Exception {
        refused("cut short", movie(NONE, tables(STTS, STSZ, STSC, full("stco", 0, ints(1, 1 << 30)))));
    }

    @Test
    void aSampleCountThatTheBoxCannotHoldAllocatesNothing() throws Exception {
        refused("'stsz' needs", MDAT, movie(NONE, tables(STTS, full("stsz", 0, ints(0, 7_000_000, 10)), STSC, STCO)));
        refused("claims 4294967295 samples", MDAT, movie(NONE, tables(STTS, full("stsz", 0, ints(0, -1, 10)), STSC, STCO)));
    }

    @Test
    void constantSizesMustFitTheFile() throws Exception {
        refused("do not fit", MDAT, movie(NONE, tables(STTS, full("stsz", 0, ints(1, 1_000_000)), STSC, STCO)));
    }

    @Test
    void hugeEntryCountsAreRefused() throws Exception {
        refused("'stts' needs", MDAT, movie(NONE, tables(full("stts", 0, ints(-1, 3, 20)), STSZ, STSC, STCO)));
        refused("'stsc' needs", MDAT, movie(NONE, tables(STTS, STSZ, full("stsc", 0, ints(-1, 1, 3, 1)), STCO)));
        refused("'stco' needs", MDAT, movie(NONE, tables(STTS, STSZ, STSC, full("stco", 0, ints(-1, 8)))));
    }

    @Test
    void tooFewChunksForTheSamplesAreRefused() throws Exception {
        refused("left over", MDAT, movie(NONE, tables(STTS, STSZ, full("stsc", 0, ints(1, 1, 1, 1)), STCO)));
    }

    @Test
    void aChildLargerThanItsParentIsRefused() throws Exception {
        refused("claims", box("moov", ints(4000), ascii("mvhd"), ints(0)));
        refused("claims", box("moov", ints(1), ascii("mvhd"), ints(-1, -1)));
        refused("claims", box("moov", ints(4), ascii("mvhd"), ints(0)));
    }

    @Test
    void timesOfCenturiesAreRefused() throws Exception {
        refused("a time of", MDAT, movie(NONE, tables(STTS, STSZ, STSC, STCO)), fragmentAt());
    }

    /** A fragment that begins in the year 292 million. */
    private static byte[] fragmentAt() {
        return box("moof", box("traf", full("tfhd", 0x20000, ints(1)), full("tfdt", 0x01000000, ints(0x7fffffff, -1)), full("trun", 0x201, ints(1, 0, 4))));
    }

    @Test
    void aFragmentWithoutSizesCannotMakeUsLoop() throws Exception {
        byte[] moof = box("moof", box("traf", full("tfhd", 0x20000, ints(1)), full("trun", 0, ints(-1))));
        refused("a fragment claims", MDAT, movie(NONE, tables(STTS, STSZ, STSC, STCO)), moof);
    }

    @Test
    void aCodecThatCannotBeCarriedIsNamed() throws Exception {
        byte[] moov = movie(NONE, tables(STTS, STSZ, STSC, STCO));
        byte[] renamed = new String(moov, ISO_8859_1).replace("mp4a", "ac-3").getBytes(ISO_8859_1);
        refused("its sample entry is 'ac-3'", MDAT, renamed);
    }

    @Test
    void anyDamageEndsInARefusalOrAnIndexWithinTheFile() throws Exception {
        byte[] whole = join(MDAT, movie(full("elst", 0, ints(1, 70, 20, 0x10000)), tables(STTS, STSZ, STSC, STCO)), fragmentAt());
        Random random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : 255);
            }
            try (SeekableByteChannel in = new MemoryChannel(damaged)) {
                Mp4File.open(in).samples().forEachRemaining(s -> assertTrue(s.offset() >= 0 && s.offset() + s.size() <= damaged.length));
            } catch (IOException expected) {
                assertTrue(expected.getMessage().length() > 10);
            }
        }
    }
}
