package io.sluice.target.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.rtmp.ChunkDecoder;
import io.sluice.format.rtmp.MediaMessages;
import io.sluice.format.rtmp.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtmpPackerTest {
    private static final long MILLI = 1_000_000;
    private static final Track VIDEO = Track.video(0, Codec.H265, new byte[] {1}, 320, 180);
    private static final Tracks TRACKS = new Tracks(0, List.of(VIDEO));

    /** A push that lasts 50 days: RTMP's clock has 24 bits without the extended field, 32 with it. */
    @Test
    void timesGoOnBehind24And32Bits() {
        long begin = 1_234_567;
        List<Long> millis = List.of(0L, 0xFFFFFEL, 0xFFFFFFL, 0x1000027L, 0xFFFFFFFFL, 0x100000000L, 0x100000028L);
        RtmpPacker packer = new RtmpPacker(new MediaMessages(128, 1), null);
        ByteBuf out = Unpooled.buffer();
        for (long at : millis) {
            long nanos = (begin + at) * MILLI;
            packer.pack(out, new Frame(0, VIDEO, TRACKS, nanos + 40 * MILLI, nanos, true, 0, Unpooled.buffer().writeZero(300)));
        }
        List<Long> times = new ArrayList<>();
        ChunkDecoder decoder = new ChunkDecoder();
        decoder.decode(out, () -> 1000, m -> {
            if (m.type() == Message.VIDEO && m.payload().readableBytes() > 300) {
                times.add(Integer.toUnsignedLong(m.timestamp()));
                assertEquals(40, m.payload().getMedium(m.payload().readerIndex() + 5), "composition time");
            }
        });
        assertEquals(millis.stream().map(t -> t & 0xFFFFFFFFL).toList(), times);
    }
}
