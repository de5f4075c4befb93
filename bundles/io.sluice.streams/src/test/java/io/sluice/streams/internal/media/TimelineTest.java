package io.sluice.streams.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long MILLI = 1_000_000;
    private static final long FRAME = 40 * MILLI;
    private static final Track VIDEO = Track.video(0, Codec.H264, new byte[0], 640, 360);
    private static final Track OPUS = Track.audio(1, Codec.OPUS, new byte[0], 48000, 2);

    private final Timeline timeline = new Timeline();
    private long wall;

    private Timeline.Times video(long dts) {
        wall += FRAME;
        return timeline.stamp(VIDEO, dts, dts, wall);
    }

    private Timeline.Times sound(long dts) {
        return timeline.stamp(OPUS, dts, dts, wall);
    }

    @Test
    void thePublishersClockIsKept() {
        assertEquals(123 * MILLI, video(123 * MILLI).dtsNanos());
        Timeline.Times b = timeline.stamp(VIDEO, 300 * MILLI, 163 * MILLI, wall);
        assertEquals(300 * MILLI, b.ptsNanos());
        assertEquals(163 * MILLI, b.dtsNanos());
    }

    @Test
    void aClockThatJumpsBackGoesOnBehindTheLastFrameForAllTracks() {
        long last = 0;
        for (int i = 0; i < 50; i++) {
            last = video(1_000_000 * MILLI + i * FRAME).dtsNanos();
            sound(last);
        }
        Timeline.Times jumped = video(0);
        assertTrue(jumped.broke());
        assertEquals(last + FRAME, jumped.dtsNanos());
        Timeline.Times straggler = sound(last + 20 * MILLI);
        assertFalse(straggler.broke());
        assertEquals(last + 20 * MILLI, straggler.dtsNanos(), "sound of the old clock may still come");
        Timeline.Times follows = sound(10 * MILLI);
        assertFalse(follows.broke(), "one break, not one for each track");
        assertEquals(last + FRAME + 10 * MILLI, follows.dtsNanos());
        assertFalse(video(FRAME).broke());
    }

    @Test
    void aClockThatJumpsForwardIsReanchoredAndASilenceInRealTimeIsNot() {
        video(0);
        video(FRAME);
        Timeline.Times jumped = video(60_000 * MILLI);
        assertTrue(jumped.broke());
        assertEquals(2 * FRAME, jumped.dtsNanos());
        wall += 60_000 * MILLI;
        Timeline.Times later = video(120_000 * MILLI);
        assertFalse(later.broke());
        assertEquals(2 * FRAME + 60_000 * MILLI, later.dtsNanos());
    }

    @Test
    void disorderIsCorrectedFrameByFrame() {
        video(0);
        video(FRAME);
        assertEquals(FRAME + MILLI, video(FRAME).dtsNanos());
        assertEquals(FRAME + 2 * MILLI, video(FRAME - MILLI).dtsNanos());
        assertEquals(2 * FRAME, video(2 * FRAME).dtsNanos());
        assertEquals(2, timeline.corrected());
    }

    @Test
    void aPublisherThatReturnsIsPutBehindTheLastFrameOrKeepsAClockThatGoesOn() {
        video(0);
        long last = video(FRAME).dtsNanos();
        timeline.restart();
        assertEquals(last + FRAME, video(0).dtsNanos());
        assertEquals(last + FRAME + 5 * MILLI, sound(5 * MILLI).dtsNanos());
        timeline.restart();
        wall += 5000 * MILLI;
        assertEquals(last + 5000 * MILLI, video(5000 * MILLI - FRAME).dtsNanos() , "the clock went on while nobody was there");
    }

    @Test
    void soundRoundedToMillisecondsComesOutEvenAndDoesNotDriftInAnHour() {
        Track aac = Track.audio(1, Codec.AAC, new byte[0], 44100, 2);
        long frames = 3600L * 44100 / 1024;
        long before = -1;
        long exact = 0;
        for (long i = 0; i < frames; i++) {
            exact = i * 1024 * 1_000_000_000L / 44100;
            long given = exact / MILLI * MILLI;
            long dts = timeline.stamp(aac, given, given, exact).dtsNanos();
            if (before >= 0) {
                assertEquals(23_219_954, dts - before, 1.0, "frame " + i);
            }
            before = dts;
        }
        assertEquals(exact, before, 1000, "after an hour");
        assertEquals(0, timeline.corrected());
    }

    @Test
    void aSoundClockThatIsAThousandthOffIsFollowedNotLost() {
        Track aac = Track.audio(1, Codec.AAC, new byte[0], 48000, 2);
        for (long i = 0; i < 100_000; i++) {
            long given = (long) (i * 1024 * 1_000_000_000L / 48000 * 1.001);
            long dts = timeline.stamp(aac, given, given, given).dtsNanos();
            assertTrue(Math.abs(dts - given) <= 11 * MILLI, "frame " + i + " is " + (dts - given) + " ns off");
        }
        assertEquals(0, timeline.corrected());
    }

    @Test
    void lostSoundIsAGapNotAShift() {
        Track aac = Track.audio(1, Codec.AAC, new byte[0], 48000, 2);
        long frame = 1024 * 1_000_000_000L / 48000;
        timeline.stamp(aac, 0, 0, 0);
        assertEquals(3 * frame, timeline.stamp(aac, 3 * frame, 3 * frame, 0).dtsNanos());
    }
}
