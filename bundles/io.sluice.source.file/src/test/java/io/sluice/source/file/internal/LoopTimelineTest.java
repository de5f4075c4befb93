package io.sluice.source.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Track;
import io.sluice.format.codec.AudioSpecificConfig;
import io.sluice.format.codec.TrackOf;
import java.math.BigInteger;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class LoopTimelineTest {
    private static final Track CD_SOUND = TrackOf.aac(2, new AudioSpecificConfig(2, 44100, 2).bytes());

    @Test
    void aThousandRoundsOfTheDemoBeginAtExactMultiplesOfItsLength() throws Exception {
        try (MediaFile file = MediaFile.open(Files.newByteChannel(PlaybackTest.CLIP))) {
            LoopTimeline timeline = LoopTimeline.of(file);
            for (long round = 0; round <= 1000; round++) {
                assertEquals(round * 24_000_000_000L, timeline.startNanos(round) - timeline.startNanos(0));
            }
        }
    }

    @Test
    void soundOfAnOddRateDoesNotDriftInAMillionRounds() {
        LoopTimeline timeline = LoopTimeline.of(10_000_000_000L, 0, CD_SOUND);
        long frames = 431;
        for (long round : new long[] {1, 7, 1000, 1_000_000}) {
            BigInteger exact = BigInteger.valueOf(round * frames * 1024).multiply(BigInteger.valueOf(1_000_000_000L)).divide(BigInteger.valueOf(44100));
            assertEquals(exact.longValueExact(), timeline.startNanos(round));
        }
    }

    @Test
    void aRoundIsNeverShorterThanItsLongestTrackButForFlvsMillisecond() {
        long frame = 1024L * 1_000_000_000 / 44100;
        for (long end = 1_000_000_000L; end < 1_100_000_000L; end += 333_333) {
            long length = LoopTimeline.of(end, 0, CD_SOUND).startNanos(1);
            assertTrue(length >= end - 2_000_000 && length < end + frame, end + " ends at " + length);
        }
    }

    @Test
    void withoutSoundARoundIsAsLongAsThePicture() {
        assertEquals(12_345_678_901L, LoopTimeline.of(12_345_678_901L, 0, null).startNanos(1));
    }
}
