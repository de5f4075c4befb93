package io.sluice.format.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VideoTagTest {
    private static List<VideoTag> hex(String hex) {
        return VideoTag.parse(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    }

    @Test
    void aLegacyAvcFrameHasASignedCompositionTime() {
        VideoTag tag = hex("27 01 ffffd8 0a0b").get(0);
        assertEquals(Codec.H264, tag.codec());
        assertEquals(TagKind.FRAME, tag.kind());
        assertFalse(tag.key());
        assertEquals(-40, tag.compositionMillis());
        assertEquals("0a0b", ByteBufUtil.hexDump(tag.payload()));
    }

    @Test
    void everyHeaderThatIsWrittenIsReadBack() {
        for (Codec codec : List.of(Codec.H264, Codec.H265, Codec.AV1, Codec.VP8, Codec.VP9)) {
            for (TagKind kind : List.of(TagKind.CONFIGURATION, TagKind.FRAME, TagKind.END)) {
                boolean offset = kind == TagKind.FRAME && (codec == Codec.H264 || codec == Codec.H265);
                ByteBuf out = Unpooled.buffer();
                VideoTag.writeHeader(out, codec, kind, true, offset ? 80 : 0);
                out.writeByte(0x55);
                VideoTag tag = VideoTag.parse(out).get(0);
                assertEquals(new VideoTag(0, codec, codec.label(), kind, true, offset ? 80 : 0, Unpooled.wrappedBuffer(new byte[] {0x55})), tag);
            }
        }
    }

    @Test
    void hevcWithoutReorderingUsesTheShortForm() {
        ByteBuf out = Unpooled.buffer();
        VideoTag.writeHeader(out, Codec.H265, TagKind.FRAME, false, 0);
        assertEquals("a368766331", ByteBufUtil.hexDump(out));
    }

    @Test
    void extensionsInFrontAreSkipped() {
        VideoTag tag = hex("97 02 000001 03 61766331 aa").get(0);
        assertEquals(Codec.H264, tag.codec());
        assertEquals(TagKind.FRAME, tag.kind());
        assertEquals("aa", ByteBufUtil.hexDump(tag.payload()));
    }

    @Test
    void manyTracksComeAsManyTags() {
        List<VideoTag> tags = hex("96 20  61763031 01 000002 aaaa  76703039 05 000001 bb");
        assertEquals(2, tags.size());
        assertEquals(Codec.AV1, tags.get(0).codec());
        assertEquals(1, tags.get(0).track());
        assertEquals(Codec.VP9, tags.get(1).codec());
        assertEquals(5, tags.get(1).track());
        assertEquals(TagKind.CONFIGURATION, tags.get(1).kind());
    }

    @Test
    void aCodecThatSluiceDoesNotKnowIsNamed() {
        VideoTag vp6 = hex("14 00 000000 00").get(0);
        assertNull(vp6.codec());
        assertEquals("VP6", vp6.codecName());
        assertEquals("FourCC vvc1", hex("90 76766331 00").get(0).codecName());
    }

    @Test
    void emptyTagsAndCommandsAreNoFrames() {
        assertTrue(hex("").isEmpty());
        assertEquals(TagKind.OTHER, hex("57 00").get(0).kind());
        assertTrue(hex("d1 00").isEmpty());
    }

    @Test
    void aTagThatEndsWithinItsHeaderIsRefused() {
        assertThrows(FlvException.class, () -> hex("91 6176"));
        assertThrows(FlvException.class, () -> hex("96 10 61763031 01 00ffff aa"));
    }

    @Test
    void randomBytesOnlyEverRaiseFlvExceptions() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(24)];
            random.nextBytes(noise);
            try {
                VideoTag.parse(Unpooled.wrappedBuffer(noise));
                AudioTag.parse(Unpooled.wrappedBuffer(noise));
            } catch (FlvException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
    }
}
