package io.sluice.source.file.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.format.codec.AudioSpecificConfig;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The timeline of a file that is played over and over: round n begins at exactly n times the length of a round, so both tracks stay in step for ever and
 * no time goes back. A round lasts from the first picture or sound until the longest track
 * is over, rounded up to whole frames of the sound: the sound then lies on one grid through
 * all rounds, and nothing downstream has to correct it.
 *
 * @param lengthUnits     of a round
 * @param unitsPerSecond  the sound's sample rate, or 1,000,000,000 where there is none
 * @param originNanos     added to every time so that the first is not below zero
 */
record LoopTimeline(long lengthUnits, long unitsPerSecond, long originNanos) {
    private static final long SECOND = 1_000_000_000L;
    /** FLV rounds each time to a millisecond: being over by one at each end is no reason for one more frame of sound. */
    private static final long TOLERANCE_NANOS = 2_000_000;

    /** Looks at every sample once. */
    static LoopTimeline of(MediaFile file) {
        long end = Long.MIN_VALUE;
        long begin = Long.MAX_VALUE;
        long firstDts = Long.MAX_VALUE;
        long longestDecoding = 1;
        Map<MediaTrack, Long> firsts = new HashMap<>();
        for (Iterator<MediaSample> i = file.samples(); i.hasNext();) {
            MediaSample s = i.next();
            begin = Math.min(begin, s.ptsNanos());
            end = Math.max(end, s.endNanos());
            firstDts = Math.min(firstDts, s.dtsNanos());
            longestDecoding = Math.max(longestDecoding, s.dtsNanos() + s.durationNanos() - firsts.computeIfAbsent(s.track(), t -> s.dtsNanos()));
        }
        Track sound = file.tracks().stream().map(MediaTrack::track).filter(t -> t.kind() == MediaKind.AUDIO).findFirst().orElse(null);
        return of(Math.max(end - begin, longestDecoding), Math.max(0, -firstDts), sound);
    }

    static LoopTimeline of(long playedNanos, long originNanos, Track sound) {
        int frame = samplesPerFrame(sound);
        if (frame == 0) {
            return new LoopTimeline(playedNanos, SECOND, originNanos);
        }
        int rate = sound.sampleRate();
        long samples = units(Math.max(0, playedNanos - TOLERANCE_NANOS), rate);
        return new LoopTimeline(Math.max(1, ceilDiv(samples, frame)) * frame, rate, originNanos);
    }

    /** 0 where it is not known or differs from frame to frame. */
    private static int samplesPerFrame(Track sound) {
        if (sound == null || sound.sampleRate() <= 0) {
            return 0;
        }
        if (sound.codec() == Codec.AAC) {
            AudioSpecificConfig c = AudioSpecificConfig.parse(sound.configuration());
            return c.outputRate() == sound.sampleRate() ? c.outputSamplesPerFrame() : 0;
        }
        return 0;
    }

    /** Rounded up. */
    private static long units(long nanos, int rate) {
        return nanos / SECOND * rate + ceilDiv(nanos % SECOND * rate, SECOND);
    }

    private static long ceilDiv(long a, long b) {
        return -Math.floorDiv(-a, b);
    }

    /** When round n begins, from 0; exact but for the last nanosecond. */
    long startNanos(long round) {
        long units = round * lengthUnits;
        return units / unitsPerSecond * SECOND + units % unitsPerSecond * SECOND / unitsPerSecond + originNanos;
    }
}
