package io.sluice.format.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.amf.AmfArray;
import io.sluice.format.amf.AmfWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlvFileTest {
    private static ByteBuf file() {
        ByteBuf out = Unpooled.buffer();
        FlvWriter.begin(out, true, true);
        FlvWriter.tag(out, FlvTag.DATA, 0, Unpooled.wrappedBuffer(new byte[] {1}));
        FlvWriter.tag(out, FlvTag.VIDEO, 0xFFFFFFFEL, Unpooled.wrappedBuffer(new byte[300]));
        FlvWriter.tag(out, FlvTag.AUDIO, 0x1000000L, Unpooled.EMPTY_BUFFER);
        return out;
    }

    @Test
    void aFileIsReadAlikeHoweverItsBytesCome() {
        ByteBuf file = file();
        for (int step = 1; step < 40; step++) {
            FlvReader reader = new FlvReader(1000);
            List<String> seen = new ArrayList<>();
            ByteBuf come = Unpooled.buffer();
            for (int at = 0; at < file.readableBytes(); at += step) {
                come.writeBytes(file, at, Math.min(step, file.readableBytes() - at));
                for (FlvTag tag = reader.next(come); tag != null; tag = reader.next(come)) {
                    seen.add(tag.type() + " " + tag.timestampMillis() + " " + tag.body().readableBytes());
                }
            }
            assertEquals(List.of("18 0 1", "9 4294967294 300", "8 16777216 0"), seen);
            assertEquals(file.readableBytes() - 4, reader.offset());
        }
    }

    @Test
    void aTagAboveTheLimitIsRefusedBeforeItsBytesCome() {
        FlvReader reader = new FlvReader(200);
        ByteBuf file = file();
        reader.next(file);
        ByteBuf headerOnly = file.readSlice(15);
        assertTrue(assertThrows(FlvException.class, () -> reader.next(headerOnly)).getMessage().contains("300 bytes"));
    }

    @Test
    void whatIsNoFlvIsRefused() {
        assertThrows(FlvException.class, () -> new FlvReader(200).next(Unpooled.wrappedBuffer(new byte[9])));
        assertNull(new FlvReader(200).next(Unpooled.wrappedBuffer(new byte[8])));
    }

    @Test
    void metadataTellsWhatIsComing() {
        ByteBuf body = Unpooled.buffer();
        AmfWriter.write(body, "@setDataFrame", "onMetaData", new AmfArray(Map.of("videocodecid", 7, "width", 640, "height", 360, "audiocodecid", 0)));
        FlvMetadata metadata = FlvMetadata.read(body);
        assertTrue(metadata.hasVideo());
        assertFalse(metadata.hasAudio());
        assertEquals(640, metadata.width());
        assertEquals(360, metadata.height());
    }

    @Test
    void metadataThatIsWrittenIsReadBack() {
        ByteBuf body = Unpooled.buffer();
        FlvMetadata.write(body, new Tracks(0, List.of(Track.video(0, Codec.AV1, new byte[0], 1280, 720), Track.audio(1, Codec.OPUS, new byte[0], 48000, 2))));
        FlvMetadata metadata = FlvMetadata.read(body);
        assertTrue(metadata.hasVideo() && metadata.hasAudio());
        assertEquals((double) FourCc.of("av01"), metadata.values().get("videocodecid"));
        assertEquals(1280, metadata.width());
    }

    @Test
    void aFinishedFileSaysItsLength() {
        ByteBuf file = Unpooled.buffer();
        FlvWriter.begin(file, true, true);
        ByteBuf body = Unpooled.buffer();
        FlvLength.room(body, new Tracks(0, List.of(Track.video(0, Codec.H264, new byte[0], 1280, 720))));
        FlvWriter.tag(file, FlvTag.DATA, 0, body);
        assertEquals(2, FlvLength.patches(file, 61_500, 123_456_789).size());
        FlvLength.patches(file, 61_500, 123_456_789).forEach(p -> file.setBytes((int) p.offset(), p.bytes()));
        FlvMetadata metadata = FlvMetadata.read(new FlvReader(1000).next(file).body());
        assertEquals(61.5, metadata.values().get("duration"));
        assertEquals(123_456_789.0, metadata.values().get("filesize"));
        assertEquals(1280, metadata.width());
        assertEquals(List.of(), FlvLength.patches(file(), 1, 1));
    }

    @Test
    void otherDataIsNoMetadata() {
        ByteBuf body = Unpooled.buffer();
        AmfWriter.write(body, "onTextData", Map.of("text", "hello"));
        assertNull(FlvMetadata.read(body));
        assertNull(FlvMetadata.read(Unpooled.EMPTY_BUFFER));
    }
}
