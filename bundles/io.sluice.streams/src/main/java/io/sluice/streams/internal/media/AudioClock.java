package io.sluice.streams.internal.media;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;

/**
 * Counts samples, so that times that a protocol rounded to milliseconds come out even. Where the count and the given time
 * are more than half a frame apart, the given time wins: a clock that is a little off never drifts.
 */
final class AudioClock {
    private static final long SECOND = 1_000_000_000L;

    private final int samples;
    private final int rate;
    private boolean anchored;
    private long anchorNanos;
    private long count;

    private AudioClock(int samples, int rate) {
        this.samples = samples;
        this.rate = rate;
    }

    /** Null where a frame's length cannot be told from the track alone (Opus packets have 2.5 to 120 ms). */
    static AudioClock of(Track track) {
        if (track.sampleRate() <= 0) {
            return null;
        }
        if (track.codec() == Codec.AAC) {
            return new AudioClock(1024, track.sampleRate()); // ISO/IEC 14496-3: 1024 samples per access unit
        }
        if (track.codec() == Codec.MP3) {
            return new AudioClock(track.sampleRate() >= 32000 ? 1152 : 576, track.sampleRate()); // ISO/IEC 11172-3 and 13818-3, layer III
        }
        return null;
    }

    long smooth(long givenNanos) {
        if (anchored) {
            long counted = countedNanos();
            if (Math.abs(givenNanos - counted) <= frameNanos() / 2) {
                return counted;
            }
        }
        anchored = true;
        anchorNanos = givenNanos;
        count = 0;
        return givenNanos;
    }

    private long countedNanos() {
        if (++count == rate) { // so many frames last exactly `samples` seconds: no rounding is carried on, and nothing overflows
            anchorNanos += samples * SECOND;
            count = 0;
        }
        return anchorNanos + count * samples * SECOND / rate;
    }

    private long frameNanos() {
        return samples * SECOND / rate;
    }
}
