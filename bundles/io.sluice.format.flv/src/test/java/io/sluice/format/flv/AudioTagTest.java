package io.sluice.format.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudioTagTest {
    private static AudioTag hex(String hex) {
        return AudioTag.parse(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")))).get(0);
    }

    @Test
    void aacSaysConfigurationOrFrameInItsSecondByte() {
        assertEquals(TagKind.CONFIGURATION, hex("af 00 1190").kind());
        AudioTag frame = hex("af 01 2100");
        assertEquals(TagKind.FRAME, frame.kind());
        assertEquals(Codec.AAC, frame.codec());
        assertEquals("2100", ByteBufUtil.hexDump(frame.payload()));
    }

    @Test
    void everyHeaderThatIsWrittenIsReadBack() {
        for (Codec codec : List.of(Codec.AAC, Codec.OPUS, Codec.MP3, Codec.ALAW, Codec.ULAW)) {
            ByteBuf out = Unpooled.buffer();
            AudioTag.writeHeader(out, Track.audio(1, codec, new byte[0], 44100, 2), TagKind.FRAME);
            out.writeByte(0x55);
            AudioTag tag = AudioTag.parse(out).get(0);
            assertEquals(codec, tag.codec());
            assertEquals(TagKind.FRAME, tag.kind());
            assertEquals("55", ByteBufUtil.hexDump(tag.payload()));
        }
    }

    @Test
    void opusIsEnhanced() {
        assertEquals(TagKind.CONFIGURATION, hex("90 4f707573 4f70").kind());
        assertEquals(Codec.OPUS, hex("91 4f707573 4f70").codec());
        assertEquals(2, hex("95 01 4f707573 02 aa").track());
    }

    @Test
    void aCodecThatSluiceDoesNotKnowIsNamed() {
        assertNull(hex("b2 00").codec());
        assertEquals("Speex", hex("b2 00").codecName());
    }

    @Test
    void anEmptyTagHasNoParts() {
        assertTrue(AudioTag.parse(Unpooled.EMPTY_BUFFER).isEmpty());
    }

    @Test
    void mpegAudioKnowsItsRate() {
        assertEquals(new MpegAudioHeader(48000, 2), MpegAudioHeader.parse(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("fffb9464"))));
        assertEquals(new MpegAudioHeader(22050, 1), MpegAudioHeader.parse(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("fff380c0"))));
        assertNull(MpegAudioHeader.parse(Unpooled.wrappedBuffer(new byte[8])));
    }
}
