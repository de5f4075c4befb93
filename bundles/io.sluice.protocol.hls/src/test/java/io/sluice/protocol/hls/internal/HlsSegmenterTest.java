package io.sluice.protocol.hls.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Segment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HlsSegmenterTest {
    private static final long SECOND = Media.SECOND;

    @Test
    void segmentsEndAtTheFirstKeyFrameAfterTheTarget() {
        try (Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 9, 25))) {
            cut.finish();
            assertEquals(List.of(2.0, 2.0, 2.0, 2.0, 1.0), cut.seconds());
            assertEquals(List.of("0/65548800-2s.ts", "0/65548801-2s.ts"), cut.segments.stream().limit(2).map(Segment::path).toList());
            assertEquals((Media.WALL / 1000 - 1_767_225_600L) * 2, cut.segments.get(0).sequence());
        }
    }

    @Test
    void everyFrameIsInExactlyOneSegment() {
        List<Frame> frames = Media.of(Media.both(), 0, 9, 30);
        try (Cut cut = new Cut(Cut.ONE).write(frames)) {
            cut.finish();
            assertEquals(Cut.wanted(frames), cut.payloads());
        }
    }

    @Test
    void aPublishersRoundedClockDoesNotDoubleTheSegments() {
        List<Frame> early = Media.of(Media.both(), 0, 9, 50).stream().map(f -> at(f, f.dtsNanos() * 999 / 1000)).toList();
        try (Cut cut = new Cut(Cut.ONE).write(early)) {
            cut.finish();
            assertEquals(List.of(1.998, 1.998, 1.998, 1.998), cut.seconds().subList(0, 4));
        }
    }

    @Test
    void theTargetDurationIsThatOfTheFirstLongGopAndLongerOnesLaterAreSplit() {
        try (Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 24, 75, 75, 300, 75))) {
            cut.finish();
            assertTrue(cut.segments.stream().allMatch(s -> s.path().endsWith("-3s.ts")));
            assertTrue(cut.seconds().stream().allMatch(d -> Math.round(d) <= 3), cut.seconds().toString());
            assertEquals(List.of(3.0, 3.0), cut.seconds().subList(0, 2));
            cut.payloads();
        }
    }

    @Test
    void aShortSegmentIsBetterThanOneSplitInTheMidstOfAGop() {
        try (Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 20, 50, 50, 37, 45, 40))) {
            cut.finish();
            assertEquals(List.of(2.0, 2.0, 1.48, 1.8, 1.6, 1.6), cut.seconds().subList(0, 6));
        }
    }

    @Test
    void aLongerTargetConfiguredLaterDoesNotBreakThePromise() {
        try (Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 6, 50)).handOver(Cut.ONE, 6 * SECOND)) {
            cut.write(Media.of(Media.both(), 6 * SECOND, 6, 50)).finish();
            assertEquals(List.of(2.0, 2.0, 2.0, 2.0, 2.0, 2.0), cut.seconds());
        }
    }

    @Test
    void aStreamWithoutASecondKeyFrameIsSplitAtTheLimit() {
        try (Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 0, 130, 100_000))) {
            cut.finish();
            assertEquals(3, cut.segments.size());
            assertTrue(cut.seconds().stream().allMatch(d -> Math.round(d) <= 60), cut.seconds().toString());
            cut.payloads();
        }
    }

    @Test
    void aSegmentIsSplitBeforeItGetsTooLarge() {
        CutRule rule = new CutRule(Cut.TARGET, 60 * SECOND, 100_000);
        List<Segment> segments = new ArrayList<>();
        HlsSegmenter segmenter = new HlsSegmenter(rule, Cut.ONE, SegmenterState.fresh(1));
        Media.of(Media.both(), 0, 30, 100_000).forEach(f -> segmenter.write(f, segments::add));
        segmenter.finish(segments::add);
        assertTrue(segments.size() > 3);
        segments.forEach(s -> assertTrue(s.data().readableBytes() < 140_000, s.data().toString()));
        segments.forEach(s -> s.data().release());
    }

    @Test
    void soundAloneIsCutByTime() {
        Tracks sound = new Tracks(0, List.of(Media.AUDIO));
        List<Frame> frames = Media.of(sound, 0, 9);
        try (Cut cut = new Cut(Cut.ONE).write(frames)) {
            cut.finish();
            assertEquals(Cut.wanted(frames), cut.payloads());
            assertTrue(cut.seconds().subList(0, 4).stream().allMatch(d -> d > 1.9 && d < 2.1), cut.seconds().toString());
        }
    }

    @Test
    void aBrokenTimelineIsADiscontinuityWithItsOwnWallClock() {
        List<Frame> before = Media.of(Media.both(), 0, 5, 50);
        List<Frame> after = Media.of(new Tracks(1, Media.both().list()), 900 * SECOND, 5, 50);
        try (Cut cut = new Cut(Cut.ONE).write(before).write(after)) {
            cut.finish();
            assertEquals(List.of(false, false, false, true, false, false), cut.segments.stream().map(Segment::discontinuity).toList());
            assertEquals(900 * SECOND + 40 * Media.MILLI, cut.segments.get(3).ptsNanos());
            assertEquals(Media.WALL + Math.floorMod(900 * SECOND, 7), cut.segments.get(3).wallMillis());
            assertEquals(Cut.wanted(join(before, after)), cut.payloads());
        }
    }

    @Test
    void otherTracksAreADiscontinuityAndTheSameTracksDeclaredAgainAreNot() {
        List<Frame> first = Media.of(Media.both(), 0, 4, 50);
        List<Frame> same = Media.of(new Tracks(0, Media.both().list()), 4 * SECOND, 4, 50);
        List<Frame> silent = Media.of(new Tracks(0, List.of(Media.VIDEO)), 8 * SECOND, 4, 50);
        try (Cut cut = new Cut(Cut.ONE).write(first).write(same).write(silent)) {
            cut.finish();
            assertEquals(List.of(false, false, false, false, true, false), cut.segments.stream().map(Segment::discontinuity).toList());
            assertEquals(Cut.wanted(join(join(first, same), silent)), cut.payloads());
        }
    }

    @Test
    void datesDifferByExactlyTheDurationsWhateverTheArrivals() {
        try (Cut cut = new Cut(Cut.ONE).write(Media.of(Media.both(), 77, 30, 50))) {
            cut.finish();
            for (int i = 1; i < cut.segments.size(); i++) {
                Segment last = cut.segments.get(i - 1);
                assertEquals(last.wallMillis() + last.durationNanos() / Media.MILLI, cut.segments.get(i).wallMillis());
            }
            assertTrue(Math.abs(cut.segments.get(0).wallMillis() - Media.WALL) < 10);
        }
    }

    @Test
    void aHoleInTheMediaMakesNoSegmentLongerThanPromised() {
        List<Frame> frames = Media.of(Media.both(), 0, 5, 50);
        List<Frame> later = Media.of(Media.both(), 60 * SECOND, 5, 50);
        try (Cut cut = new Cut(Cut.ONE).write(frames).write(later)) {
            cut.finish();
            assertTrue(cut.seconds().stream().allMatch(d -> Math.round(d) <= 2), cut.seconds().toString());
        }
    }

    @Test
    void aBrokenFrameIsLeftOutAndTheRestGoesOn() {
        List<Frame> frames = new ArrayList<>(Media.of(Media.both(), 0, 4, 50));
        Frame broken = frames.get(10);
        frames.add(10, new Frame(0, Media.VIDEO, broken.tracks(), broken.ptsNanos(), broken.dtsNanos(), false, 0, Unpooled.wrappedBuffer(new byte[] {0, 0, 9})));
        try (Cut cut = new Cut(Cut.ONE).write(frames)) {
            cut.finish();
            frames.remove(10);
            assertEquals(Cut.wanted(frames), cut.payloads());
        }
    }

    @Test
    void whatCannotBeCarriedIsNamedAndLeftOut() {
        assertEquals("AV1 video cannot travel in MPEG-TS; Opus sound cannot travel in MPEG-TS", Cut.format(Cut.ONE).problem(new Tracks(0, List.of(Media.AV1, Media.OPUS))));
        assertEquals("", Cut.format(Cut.ONE).problem(Media.both()));
        assertTrue(CarriedTracks.of(new Tracks(0, List.of(Media.AV1, Media.AUDIO))).refused());
        assertFalse(CarriedTracks.of(new Tracks(0, List.of(Media.VIDEO, Media.OPUS))).refused());
        Tracks tracks = new Tracks(0, List.of(Media.VIDEO, Media.OPUS));
        List<Frame> frames = Media.of(tracks, 0, 3, 25);
        try (Cut cut = new Cut(Cut.ONE).write(frames)) {
            cut.finish();
            assertEquals(Cut.wanted(frames), cut.payloads());
        }
    }

    private static Frame at(Frame f, long dts) {
        return new Frame(f.sequence(), f.track(), f.tracks(), f.ptsNanos() - f.dtsNanos() + dts, dts, f.key(), f.arrivedMillis(), f.payload());
    }

    private static List<Frame> join(List<Frame> a, List<Frame> b) {
        List<Frame> out = new ArrayList<>(a);
        out.addAll(b);
        return out;
    }
}
