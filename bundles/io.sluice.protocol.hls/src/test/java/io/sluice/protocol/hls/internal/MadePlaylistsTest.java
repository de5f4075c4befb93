package io.sluice.protocol.hls.internal;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.stream.Segment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MadePlaylistsTest {
    private static final List<Segment> ONE = List.of(segment(1));
    private static final List<Segment> TWO = List.of(segment(1), segment(2));

    private final MadePlaylists made = new MadePlaylists();

    private static Segment segment(long sequence) {
        return new Segment(SegmentPath.of(sequence, 2), sequence, 2_000_000_000L, 0, 0, false, HlsSegmenter.CONTENT_TYPE, Unpooled.EMPTY_BUFFER);
    }

    @Test
    void theSameListIsWrittenOnce() {
        assertSame(made.text("a", ONE, 0, false, ""), made.text("a", ONE, 0, false, ""));
    }

    @Test
    void anotherListOrItsEndIsWrittenAnew() {
        byte[] before = made.text("a", ONE, 0, false, "");
        assertTrue(new String(made.text("a", TWO, 0, false, ""), StandardCharsets.UTF_8).contains("2-2s.ts"));
        assertTrue(new String(made.text("a", TWO, 0, true, ""), StandardCharsets.UTF_8).contains("#EXT-X-ENDLIST"));
        assertTrue(new String(made.text("a", TWO, 3, true, ""), StandardCharsets.UTF_8).contains("#EXT-X-DISCONTINUITY-SEQUENCE:3"));
        assertNotSame(before, made.text("b", ONE, 0, false, ""));
    }

    @Test
    void whoHasLinksGetsAPlaylistOfItsOwn() {
        byte[] shared = made.text("a", ONE, 0, false, "");
        assertTrue(new String(made.text("a", ONE, 0, false, "tkn=x"), StandardCharsets.UTF_8).contains("1-2s.ts?tkn=x"));
        assertSame(shared, made.text("a", ONE, 0, false, ""));
    }
}
