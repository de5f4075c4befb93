package io.sluice.protocol.hls.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaylistsTest {
    private static Segment segment(long sequence, long millis, boolean discontinuity, int bytes) {
        return new Segment(SegmentPath.of(sequence, 3), sequence, millis * Media.MILLI, 0, Media.WALL + sequence * 2000, discontinuity, "video/mp2t",
            Unpooled.wrappedBuffer(new byte[bytes]));
    }

    @Test
    void aLivePlaylistReadsAsTheRfcWantsIt() {
        String text = MediaPlaylist.text(List.of(segment(17, 2000, false, 1), segment(18, 2999, true, 1)), 4, false, "");
        assertEquals("""
            #EXTM3U
            #EXT-X-VERSION:3
            #EXT-X-TARGETDURATION:3
            #EXT-X-MEDIA-SEQUENCE:17
            #EXT-X-DISCONTINUITY-SEQUENCE:4
            #EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:34.000Z
            #EXTINF:2.000,
            17-3s.ts
            #EXT-X-DISCONTINUITY
            #EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:36.000Z
            #EXTINF:2.999,
            18-3s.ts
            """, text);
        PlaylistChecker read = new PlaylistChecker(text);
        assertEquals(17, read.sequence);
        assertFalse(read.ended);
    }

    @Test
    void anEndedPlaylistSaysSo() {
        assertTrue(new PlaylistChecker(MediaPlaylist.text(List.of(segment(1, 2000, false, 1)), 0, true, "")).ended);
    }

    @Test
    void theTargetDurationStaysWhateverSegmentsAreListed() {
        assertEquals(3, new PlaylistChecker(MediaPlaylist.text(List.of(segment(1, 900, false, 1)), 0, false, "")).target);
        assertEquals(3, new PlaylistChecker(MediaPlaylist.text(List.of(segment(9, 3400, false, 1)), 0, false, "")).target);
    }

    @Test
    void everyWindowOfALongRunIsAGoodPlaylist() {
        try (Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 20, 50, 120, 13, 70)).write(Media.of(new Tracks(1, Media.both().list()), 0, 20, 31, 250))) {
            cut.finish();
            for (int i = 0; i + 5 <= cut.segments.size(); i++) {
                PlaylistChecker read = new PlaylistChecker(MediaPlaylist.text(cut.segments.subList(i, i + 5), 0, false, ""));
                assertEquals(cut.segments.get(i).sequence(), read.sequence);
                for (int k = 1; k < 5; k++) {
                    long millis = read.entries.get(k).date().toEpochMilli() - read.entries.get(k - 1).date().toEpochMilli();
                    long step = Math.round(read.entries.get(k - 1).seconds() * 1000);
                    assertTrue(read.entries.get(k).discontinuity() || Math.abs(millis - step) <= 1, "dates in step, but for rounding: " + millis + " after " + step);
                }
            }
        }
    }

    @Test
    void theMasterNamesBandwidthCodecsAndResolution() {
        List<Segment> listed = List.of(segment(1, 2000, false, 500_000), segment(2, 2000, false, 250_000), segment(3, 100, false, 90_000));
        assertEquals("""
            #EXTM3U
            #EXT-X-VERSION:3
            #EXT-X-STREAM-INF:BANDWIDTH=2000000,AVERAGE-BANDWIDTH=1639024,CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=642x362
            0/index.m3u8
            """, MasterPlaylist.text(Media.both().list(), listed, ""));
        assertTrue(MasterPlaylist.text(List.of(Media.AUDIO), listed, "").contains("CODECS=\"mp4a.40.2\"\n"));
    }

    @Test
    void pathsAreReadFromTheirEnd() {
        assertEquals(new HlsPath("a", HlsPath.Kind.MASTER, ""), HlsPath.parse("/hls/a/index.m3u8"));
        assertEquals(new HlsPath("a+b/c d", HlsPath.Kind.MASTER, ""), HlsPath.parse("/hls/a+b/c d/index.m3u8"));
        assertEquals(new HlsPath("a+b/c", HlsPath.Kind.MEDIA, ""), HlsPath.parse("/hls/a+b/c/0/index.m3u8"));
        assertEquals(new HlsPath("a+b/c", HlsPath.Kind.SEGMENT, "0/17-2s.ts"), HlsPath.parse("/hls/a+b/c/0/17-2s.ts"));
        for (String none : List.of("/hls/", "/hls/index.m3u8", "/hls/a", "/hls/a/0/x.ts", "/hls/a/1/17-2s.ts", "/hls/0/17-2s.ts", "/x/a/index.m3u8", "/hls//index.m3u8",
            "/hls/a/0/17-2s.ts/", "/hls/0/index.m3u8x", "/hls/a/0/-2s.ts")) {
            assertNull(HlsPath.parse(none), none);
        }
    }
}
