package io.sluice.source.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvTag;
import io.sluice.format.flv.FlvWriter;
import io.sluice.format.flv.TagKind;
import io.sluice.format.flv.VideoTag;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlvMediaTest {
    /** The demo clip as FLV, beginning at a minute. */
    private static byte[] demoAsFlv() throws IOException {
        ByteBuf out = Unpooled.buffer();
        try (MediaFile demo = MediaFile.open(Files.newByteChannel(PlaybackTest.CLIP))) {
            FlvWriter.begin(out, true, true);
            for (MediaTrack t : demo.tracks()) {
                tag(out, t, 60_000, 0, true, TagKind.CONFIGURATION, Unpooled.wrappedBuffer(t.track().configuration()));
            }
            for (Iterator<MediaSample> i = demo.samples(); i.hasNext();) {
                MediaSample s = i.next();
                long dts = Math.round(s.dtsNanos() / 1e6);
                tag(out, s.track(), 60_100 + dts, (int) (Math.round(s.ptsNanos() / 1e6) - dts), s.key(), TagKind.FRAME, demo.read(s));
            }
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static void tag(ByteBuf out, MediaTrack t, long millis, int composition, boolean key, TagKind kind, ByteBuf payload) {
        ByteBuf body = Unpooled.buffer();
        boolean video = t.track().codec() == Codec.H264;
        if (video) {
            VideoTag.writeHeader(body, Codec.H264, kind, key, composition);
        } else {
            AudioTag.writeHeader(body, t.track(), kind);
        }
        body.writeBytes(payload);
        FlvWriter.tag(out, video ? FlvTag.VIDEO : FlvTag.AUDIO, millis, body);
    }

    private static List<MediaSample> samples(MediaFile file) {
        List<MediaSample> out = new ArrayList<>();
        file.samples().forEachRemaining(out::add);
        return out;
    }

    @Test
    void anFlvPlaysAsTheMp4ThatItWasMadeOf() throws IOException {
        try (MediaFile mp4 = MediaFile.open(Files.newByteChannel(PlaybackTest.CLIP)); MediaFile flv = MediaFile.open(new MemoryChannel(demoAsFlv()))) {
            assertEquals(mp4.tracks().stream().map(t -> t.track().toString()).toList(), flv.tracks().stream().map(t -> t.track().toString()).toList());
            List<MediaSample> wanted = samples(mp4);
            List<MediaSample> found = samples(flv);
            assertEquals(wanted.size(), found.size());
            for (int i = 0; i < wanted.size(); i++) {
                assertEquals(mp4.read(wanted.get(i)), flv.read(found.get(i)));
                assertEquals(wanted.get(i).key(), found.get(i).key());
                assertEquals(wanted.get(i).ptsNanos() - wanted.get(0).dtsNanos(), found.get(i).ptsNanos(), 1_500_000);
            }
        }
    }

    @Test
    void millisecondsDoNotAddAFrameToARound() throws IOException {
        try (MediaFile flv = MediaFile.open(new MemoryChannel(demoAsFlv()))) {
            LoopTimeline timeline = LoopTimeline.of(flv);
            assertEquals(1125 * 1024, timeline.lengthUnits());
        }
    }

    @Test
    void anFlvWithoutFramesIsRefused() {
        ByteBuf out = Unpooled.buffer();
        FlvWriter.begin(out, true, true);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        IOException e = assertThrows(IOException.class, () -> MediaFile.open(new MemoryChannel(bytes)));
        assertTrue(e.getMessage().contains("no frame"), e.getMessage());
    }
}
