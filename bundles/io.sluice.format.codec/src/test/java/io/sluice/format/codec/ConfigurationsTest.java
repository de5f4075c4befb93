package io.sluice.format.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The records here were written by ffmpeg 5.1 from a 642x362 test picture. */
class ConfigurationsTest {
    static final byte[] AVCC = hex("0164001effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0fdf8f800");
    static final byte[] HVCC = hex("0101600000009000000000003ff000fcfdf8f800000f03a00001001840010c01ffff01600000030090000003000003003f959809a10001002c42010101600000030090000003000003003fa005120171"
        + "c9265959a4932bc05a020000030002000003003210a2000100074401c172b46240");
    static final byte[] AV1C = hex("81010c000a0b0000000cc5036936be4010");
    static final byte[] VPCC = hex("010000000015820202020000");

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void anAvcRecordSaysItsSizeAndComesBackByteForByte() {
        AvcConfiguration c = AvcConfiguration.parse(AVCC);
        assertEquals("642x362", c.width() + "x" + c.height());
        assertEquals(4, c.nalLengthSize());
        assertArrayEquals(AVCC, c.bytes());
        assertArrayEquals(AVCC, AvcConfiguration.of(c.sps(), c.pps()).bytes());
    }

    @Test
    void anHevcRecordSaysItsSizeAndComesBackAsTheSameRecord() {
        HevcConfiguration c = HevcConfiguration.parse(HVCC);
        assertEquals("642x362", c.width() + "x" + c.height());
        assertEquals(4, c.nalLengthSize());
        assertArrayEquals(c.bytes(), HevcConfiguration.parse(c.bytes()).bytes());
        assertEquals(HexFormat.of().formatHex(HVCC, 0, 21), HexFormat.of().formatHex(HevcConfiguration.of(c.vps(), c.sps(), c.pps()).bytes(), 0, 21));
    }

    @Test
    void parameterSetsOfAStreamMakeItsTrack() {
        ParameterSets avc = new ParameterSets(Codec.H264);
        AvcConfiguration c = AvcConfiguration.parse(AVCC);
        assertTrue(avc.add(c.sps().get(0)));
        assertNull(avc.track(1));
        assertTrue(avc.add(c.pps().get(0)));
        assertFalse(avc.add(c.pps().get(0)), "the same again");
        assertEquals(TrackOf.avc(1, AVCC), avc.track(1));
        ParameterSets hevc = new ParameterSets(Codec.H265);
        HevcConfiguration h = HevcConfiguration.parse(HVCC);
        Stream.of(h.vps(), h.sps(), h.pps()).forEach(sets -> hevc.add(sets.get(0)));
        assertEquals("H.265 642x362", hevc.track(1).toString());
    }

    @Test
    void tracksGetSizeRateAndChannelsFromTheirRecords() {
        assertEquals("H.264 642x362", TrackOf.avc(1, AVCC).toString());
        assertEquals("H.265 642x362", TrackOf.hevc(1, HVCC).toString());
        assertEquals("AV1 642x362", TrackOf.av1(1, AV1C).toString());
        assertEquals("AAC 44100 Hz 2 ch", TrackOf.aac(1, hex("121056e500")).toString());
        assertEquals("Opus 48000 Hz 2 ch", TrackOf.opus(1, hex("4f707573486561640102380180bb0000000000")).toString());
        assertEquals("Opus 48000 Hz 2 ch", TrackOf.opus(1, hex("0102380180bb0000000000")).toString());
    }

    @Test
    void codecStringsAreThoseOfRfc6381() {
        assertEquals("avc1.64001e", CodecString.of(TrackOf.avc(1, AVCC)));
        assertEquals("hvc1.1.6.L63.90", CodecString.of(TrackOf.hevc(1, HVCC)));
        assertEquals("av01.0.01M.08", CodecString.of(TrackOf.av1(1, AV1C)));
        assertEquals("vp09.00.21.08", CodecString.of(TrackOf.vp9(1, VPCC, 642, 362)));
        assertEquals("mp4a.40.2", CodecString.of(TrackOf.aac(1, hex("1210"))));
        assertEquals("mp4a.40.34", CodecString.of(TrackOf.mp3(1, 44100, 2)));
    }

    @Test
    void twoByteLengthsBecomeFourInTheTracksRecord() {
        byte[] two = AVCC.clone();
        two[4] = (byte) 0xfd;
        assertEquals(2, AvcConfiguration.parse(two).nalLengthSize());
        Track track = TrackOf.avc(1, two);
        assertArrayEquals(AVCC, track.configuration());
    }

    @Test
    void anyRecordCutShortOrScrambledIsRefusedInWordsAndNeverReadBeyond() {
        refusesPieces(AVCC, b -> AvcConfiguration.parse(b).width());
        refusesPieces(HVCC, b -> HevcConfiguration.parse(b).width());
        refusesPieces(AV1C, Av1Configuration::parse);
        refusesPieces(VPCC, VpConfiguration::parse);
        refusesPieces(hex("121056e500"), AudioSpecificConfig::parse);
        refusesPieces(hex("4f707573486561640102380180bb0000000000"), OpusHead::parse);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> AvcConfiguration.parse(Arrays.copyOf(AVCC, 20)));
        assertTrue(e.getMessage().contains("wanted") && e.getMessage().contains("found"), e.getMessage());
    }

    /** Every beginning, and every byte replaced by each of a few values: an answer or IllegalArgumentException, nothing else. */
    private static void refusesPieces(byte[] whole, Consumer<byte[]> parser) {
        for (int n = 0; n < whole.length; n++) {
            tryIt(parser, Arrays.copyOf(whole, n));
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                byte[] changed = whole.clone();
                changed[n] = (byte) value;
                tryIt(parser, changed);
            }
        }
    }

    private static void tryIt(Consumer<byte[]> parser, byte[] input) {
        try {
            parser.accept(input);
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("wanted"), e.getMessage());
        }
    }
}
