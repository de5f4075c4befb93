package io.sluice.format.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of Enhanced RTMP v2 ("ExVideoTagHeader", "ExAudioTagHeader"), and of what is older. */
class MediaMessagesTest {
    private static final byte[] CONFIGURATION = Bytes.hex("c1c2");
    private static final byte[] PAYLOAD = Bytes.hex("d1d2");
    private final MediaMessages messages = new MediaMessages(4096, 1);

    private static Track track(int id, Codec codec) {
        return codec.kind() == io.sluice.api.media.MediaKind.VIDEO ? Track.video(id, codec, CONFIGURATION, 320, 180) : Track.audio(id, codec, CONFIGURATION, 48_000, 2);
    }

    private static Frame frame(Codec codec, boolean key) {
        Track track = track(0, codec);
        return new Frame(0, track, new Tracks(0, List.of(track)), 0, 0, key, 0, Unpooled.wrappedBuffer(PAYLOAD));
    }

    private static List<String> read(ByteBuf bytes) {
        List<String> all = new ArrayList<>();
        ChunkDecoder decoder = new ChunkDecoder();
        decoder.chunkBytes(4096);
        decoder.decode(bytes, () -> 1000, m -> all.add(m.type() + " " + ByteBufUtil.hexDump(m.payload())));
        return all;
    }

    /** 0x80 says enhanced, then the kind of frame (1 key, 2 inter) and of packet (0 start, 1 coded frames, 3 those without a composition time); the code is its four letters. */
    @ParameterizedTest
    @CsvSource({
        "H264, 17 00 000000  c1c2, 17 01 000028 d1d2,       27 01 000000 d1d2",
        "H265, 90 68766331   c1c2, 91 68766331 000028 d1d2, a3 68766331 d1d2",
        "AV1,  90 61763031   c1c2, 91 61763031 d1d2,        a1 61763031 d1d2",
        "VP8,  90 76703038   c1c2, 91 76703038 d1d2,        a1 76703038 d1d2",
        "VP9,  90 76703039   c1c2, 91 76703039 d1d2,        a1 76703039 d1d2"})
    void picturesHaveTheHeaderOfTheirCodec(Codec codec, String configuration, String key, String inter) {
        ByteBuf out = Unpooled.buffer();
        messages.configurations(out, frame(codec, true).tracks(), 0);
        messages.frame(out, frame(codec, true), 100, 140);
        messages.frame(out, frame(codec, false), 140, 140);
        assertEquals(List.of(video(configuration), video(key), video(inter)), read(out));
    }

    private static String video(String hex) {
        return "9 " + hex.replace(" ", "");
    }

    @ParameterizedTest
    @CsvSource({
        "AAC,  af 00 c1c2,                      af 01 d1d2",
        "OPUS, 90 4f707573 4f70757348656164 c1c2, 91 4f707573 d1d2"})
    void soundHasTheHeaderOfItsCodec(Codec codec, String configuration, String frame) {
        ByteBuf out = Unpooled.buffer();
        messages.configurations(out, frame(codec, true).tracks(), 0);
        messages.frame(out, frame(codec, true), 100, 100);
        assertEquals(List.of("8 " + configuration.replace(" ", ""), "8 " + frame.replace(" ", "")), read(out));
    }

    @Test
    void ofEachKindTheFirstTrackTravels() {
        Track first = track(1, Codec.H265);
        Track second = track(2, Codec.H264);
        Tracks both = new Tracks(0, List.of(first, second));
        assertTrue(MediaMessages.carries(new Frame(0, first, both, 0, 0, true, 0, Unpooled.EMPTY_BUFFER)));
        assertFalse(MediaMessages.carries(new Frame(1, second, both, 0, 0, true, 0, Unpooled.EMPTY_BUFFER)));
    }

    @ParameterizedTest
    @CsvSource({"H264,5", "H265,8", "OPUS,5"})
    void theSizeThatIsToldIsEnough(Codec codec, int header) {
        for (int bytes : new int[] {0, 1, 4096 - header, 4097 - header, 8192, 100_000}) {
            Frame large = new Frame(0, track(0, codec), frame(codec, true).tracks(), 0, 0, true, 0, Unpooled.buffer().writeZero(bytes));
            ByteBuf out = Unpooled.buffer();
            messages.frame(out, large, 0xFFFFFFFFL, 0x100000027L);
            assertTrue(out.readableBytes() <= messages.sizeOf(large), out.readableBytes() + " bytes of " + codec + ", told " + messages.sizeOf(large));
        }
    }
}
