package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Muxer;
import io.sluice.format.rtmp.ChunkDecoder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtmpMuxerTest {
    private static final Track VIDEO = Track.video(0, Codec.H264, Wire.AVCC, 320, 240);
    private static final Track AUDIO = Track.audio(1, Codec.AAC, Wire.ASC, 48000, 2);
    private final Muxer muxer = new RtmpFeed(4096).open();

    private static Frame frame(Tracks tracks, int id, long dtsMillis, long ptsMillis, byte... payload) {
        return new Frame(0, tracks.byId(id).orElseThrow(), tracks, ptsMillis * 1_000_000, dtsMillis * 1_000_000, true, 0, Unpooled.wrappedBuffer(payload));
    }

    private static List<String> read(ByteBuf bytes, int chunkBytes) {
        ChunkDecoder decoder = new ChunkDecoder();
        decoder.chunkBytes(chunkBytes);
        List<String> seen = Wire.seen(decoder, bytes).stream().map(Wire.Seen::toString).toList();
        assertFalse(bytes.isReadable());
        bytes.release();
        return seen;
    }

    @Test
    void aFrameIsOneMessageWithAnAbsoluteTime() {
        ByteBuf bytes = muxer.mux(frame(new Tracks(0, List.of(VIDEO, AUDIO)), 1, 1000, 1000, (byte) 0x21));
        assertEquals("04" + "0003e8" + "000003" + "08" + "01000000" + "af0121", ByteBufUtil.hexDump(bytes));
        bytes.release();
    }

    @Test
    void timesAreExtendedFrom24BitsOnAndWrapAt32() {
        Tracks tracks = new Tracks(0, List.of(VIDEO));
        for (long t : new long[] {0xFFFFFEL, 0xFFFFFFL, 0x1000000L, (1L << 31) - 1, 1L << 31, (1L << 32) - 1, 1L << 32, (1L << 32) + 5}) {
            byte[] payload = new byte[9000];
            List<String> seen = read(muxer.mux(frame(tracks, 0, t, t + 80, payload)), 4096);
            assertEquals(1, seen.size());
            assertTrue(seen.get(0).startsWith("9@" + (t & 0xFFFFFFFFL) + " 1701000050"), seen.get(0).substring(0, 30));
        }
    }

    @Test
    void whatTheDecoderReadIsWhatTheMuxerWrote() {
        Tracks tracks = new Tracks(0, List.of(VIDEO));
        for (int size : new int[] {0, 1, 122, 123, 124, 128, 251, 4091, 4096, 70_000}) {
            for (int chunk : new int[] {128, 4096, 65536}) {
                byte[] payload = new byte[size];
                Arrays.fill(payload, (byte) 0x5A);
                List<String> seen = read(new RtmpFeed(chunk).open().mux(frame(tracks, 0, 0x1000000, 0x1000000, payload)), chunk);
                assertEquals(List.of("9@16777216 1701000000" + "5a".repeat(size)), seen);
            }
        }
    }

    @Test
    void newConfigurationsComeBeforeTheFirstFrameThatNeedsThem() {
        muxer.mux(frame(new Tracks(0, List.of(VIDEO, AUDIO)), 0, 0, 0)).release();
        Tracks later = new Tracks(1, List.of(VIDEO, Track.audio(1, Codec.AAC, Wire.hex("1210"), 44100, 2)));
        List<String> seen = read(muxer.mux(frame(later, 1, 500, 500, (byte) 0x21)), 4096);
        assertEquals(4, seen.size());
        assertTrue(seen.get(0).startsWith("18@0 [onMetaData"));
        assertEquals(List.of("8@500 af001210", "8@500 af0121"), seen.subList(2, 4));
    }

    @Test
    void onlyTheFirstTrackOfEachKindIsSent() {
        Tracks two = new Tracks(0, List.of(VIDEO, AUDIO, Track.audio(3, Codec.AAC, Wire.ASC, 48000, 2)));
        assertFalse(muxer.mux(frame(two, 3, 0, 0, (byte) 1)).isReadable());
    }

    @Test
    void newerCodecsGoOutEnhanced() {
        Tracks tracks = new Tracks(0, List.of(Track.video(0, Codec.H265, new byte[] {1}, 0, 0), Track.audio(1, Codec.OPUS, Wire.hex("0102380180bb0000000000"), 48000, 2)));
        List<String> header = read(muxer.header(tracks, 0), 4096);
        assertEquals(List.of("9@0 906876633101", "8@0 904f7075734f707573486561640102380180bb0000000000"), header.subList(1, 3));
        assertEquals(List.of("9@0 916876633100005001"), read(muxer.mux(frame(tracks, 0, 0, 80, (byte) 1)), 4096));
        assertEquals(List.of("8@0 914f7075730a"), read(muxer.mux(frame(tracks, 1, 0, 0, (byte) 10)), 4096));
    }

    @Test
    void formsOfTheSameChunkSizeAreOne() {
        assertEquals(new RtmpFeed(4096), new RtmpFeed(4096));
        assertNotEquals(new RtmpFeed(4096), new RtmpFeed(4097));
    }
}
