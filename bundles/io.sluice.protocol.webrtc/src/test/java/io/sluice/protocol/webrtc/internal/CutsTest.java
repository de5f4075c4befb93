package io.sluice.protocol.webrtc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames cut for all viewers, and what each keeps of them for repeats. */
class CutsTest {
    private static final Track PICTURE = Track.video(3, Codec.VP8, new byte[0], 640, 480);
    private static final Track AAC = Track.audio(1, Codec.AAC, new byte[] {0x11, (byte) 0x90}, 48_000, 2);

    private final Tracks tracks = new Tracks(0, List.of(AAC, PICTURE));

    private Frame frame(Track track, int bytes, long ptsNanos) {
        return new Frame(1, track, tracks, ptsNanos, ptsNanos, true, 0, Unpooled.wrappedBuffer(new byte[bytes]));
    }

    @Test
    void aLargeFrameIsCutIntoEqualPiecesOfWhichTheLastIsMarked() {
        ByteBuf cut = new RtpMuxer().mux(frame(PICTURE, 10_000, 2_000_000_000L));
        List<Integer> sizes = new ArrayList<>();
        List<Boolean> markers = new ArrayList<>();
        int count = Cut.packets(cut, (index, marker, timestamp, payload) -> {
            assertEquals(180_000, timestamp);
            sizes.add(payload.readableBytes());
            markers.add(marker);
        });
        assertEquals(3, Cut.track(cut));
        assertTrue(Cut.key(cut));
        assertEquals(2_000_000_000L, Cut.ptsNanos(cut));
        assertEquals(count, sizes.size());
        assertTrue(count > 8 && sizes.stream().limit(count - 1L).distinct().count() == 1, sizes::toString);
        assertEquals(count - 1, markers.indexOf(true));
        cut.release();
    }

    @Test
    void whatBrowsersDoNotTakeIsLeftOut() {
        assertFalse(new RtpMuxer().mux(frame(AAC, 100, 0)).isReadable());
    }

    @Test
    void aPacketIsFoundByItsNumberAlsoOverTheWrap() {
        try (SentCuts sent = new SentCuts()) {
            RtpMuxer muxer = new RtpMuxer();
            int number = 65_530;
            for (int i = 0; i < 70; i++) {
                ByteBuf cut = muxer.mux(frame(PICTURE, 2500, i * 1_000_000_000L));
                int count = Cut.packets(cut, (index, marker, timestamp, payload) -> { });
                sent.add(cut, number & 0xFFFF, count, 5);
                number += count;
            }
            List<Long> found = new ArrayList<>();
            sent.find(number - 1 & 0xFFFF, (marker, timestamp, payload) -> {
                assertTrue(marker);
                found.add(timestamp);
            });
            sent.find(65_530, (marker, timestamp, payload) -> found.add(-1L));
            sent.find(number & 0xFFFF, (marker, timestamp, payload) -> found.add(-2L));
            assertEquals(List.of(69 * 90_000L + 5), found, "the newest is there, the oldest is gone, the next is not sent yet");
        }
    }
}
