package io.sluice.protocol.hls.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Segment;
import io.sluice.format.mpegts.TsClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One version takes over from another at a key frame, and gives back. */
class SegmenterHandOverTest {
    @Test
    void tenTimesUpAndDownLosesAndRepeatsNothing() {
        List<Frame> frames = Media.of(Media.both(), 0, 60, 25);
        try (Cut cut = new Cut(Cut.ONE)) {
            feed(cut, frames, 3);
            cut.finish();
            assertEquals(Cut.wanted(frames), cut.payloads());
            checkRow(cut);
        }
    }

    @Test
    void theClockWrapsInTheMidstOfIt() {
        long start = (TsClock.WRAP - 30 * 90_000) * 100_000 / 9;
        List<Frame> frames = Media.of(Media.both(), start, 60, 25);
        try (Cut cut = new Cut(Cut.TWO)) {
            feed(cut, frames, 3);
            cut.finish();
            assertEquals(Cut.wanted(frames), cut.payloads());
            checkRow(cut);
        }
    }

    /** Hands over at every n-th key frame, before it is written, to and fro. */
    private static void feed(Cut cut, List<Frame> frames, int everyKeys) {
        int keys = 0;
        int swaps = 0;
        for (Frame f : frames) {
            if (f.isVideo() && f.key() && ++keys % everyKeys == 0) {
                cut.handOver(++swaps % 2 == 1 ? Cut.TWO : Cut.ONE);
            }
            cut.write(List.of(f));
        }
        assertTrue(swaps >= 20, "swaps: " + swaps);
    }

    private static void checkRow(Cut cut) {
        for (int i = 1; i < cut.segments.size(); i++) {
            Segment last = cut.segments.get(i - 1);
            Segment now = cut.segments.get(i);
            assertEquals(last.sequence() + 1, now.sequence());
            assertEquals(last.wallMillis() + last.durationNanos() / Media.MILLI, now.wallMillis());
            assertFalse(now.discontinuity());
            assertTrue(now.path().endsWith("-2s.ts"));
        }
    }

    @Test
    void bothSchemasSayTheSameInTheirOwnWords() {
        Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 5, 50));
        Snapshot one = cut.finish();
        assertEquals(1, one.schema());
        SegmenterState state = SegmenterState.from(one);
        Snapshot two = state.toSnapshot(2);
        assertTrue(two.has("segments") && two.has("next") && !two.has("sequence"));
        assertEquals(state.nextSequence(), SegmenterState.from(two).nextSequence());
        assertEquals(state.ts(), SegmenterState.from(two).ts());
        assertEquals(state.anchor(), SegmenterState.from(two).anchor());
        cut.close();
    }

    @Test
    void aSnapshotThatCannotBeReadIsRefusedSoThatTheOldVersionGoesOn() {
        HlsFormat format = Cut.format(Cut.ONE);
        assertThrows(IllegalArgumentException.class, () -> format.open(Cut.TARGET, Snapshot.of(3).put("next", 1).build()));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> format.open(Cut.TARGET, Snapshot.of(1).put("sequence", 1).build()));
        assertTrue(e.getMessage().contains("offsetTicks"), e.getMessage());
        Snapshot moved = Snapshot.of(1).put("offsetTicks", 5).build();
        assertThrows(IllegalArgumentException.class, () -> format.open(Cut.TARGET, moved));
    }

    @Test
    void aSegmenterThatSawNothingHandsOnWhatItGot() {
        Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 5, 50));
        Snapshot before = cut.finish();
        Snapshot after = Cut.format(Cut.ONE).open(Cut.TARGET, before).finish(s -> { });
        assertEquals(SegmenterState.from(before), SegmenterState.from(after));
        assertEquals(0, Cut.format(Cut.TWO).open(Cut.TARGET, null).finish(s -> { }).number("segments"));
        cut.close();
    }

    @Test
    void aTimelineThatBrokeDuringTheSwapIsADiscontinuity() {
        try (Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 4, 50)).handOver(Cut.TWO)) {
            cut.write(Media.of(new Tracks(1, Media.both().list()), 0, 4, 50));
            cut.finish();
            assertEquals(List.of(false, false, true, false), cut.segments.stream().map(Segment::discontinuity).toList());
            cut.payloads();
        }
    }

    @Test
    void theShippedChoicesCanBeRead() {
        BuildChoices shipped = BuildChoices.load();
        assertEquals(1, shipped.snapshotSchema());
        assertEquals(Cut.ONE, shipped);
    }
}
