package io.sluice.format.mp4;

import io.sluice.api.media.Track;

/** One track that can be played, and its samples. Immutable once the file is open. */
public final class Mp4Track {
    private final Track track;
    private final int nalLengthBytes;
    private final SampleTable samples;
    private final long shiftNanos;

    /** @param shiftNanos from the track's own timeline to the movie's */
    Mp4Track(Track track, int nalLengthBytes, SampleTable samples, long shiftNanos) {
        this.track = track;
        this.nalLengthBytes = nalLengthBytes;
        this.samples = samples;
        this.shiftNanos = shiftNanos;
    }

    /** Its id is the track_ID of the file. */
    public Track track() {
        return track;
    }

    /** Length of the lengths before NAL units in the file's samples; {@link #track} promises 4, so others are to be rewritten. 4 where there are none. */
    public int nalLengthBytes() {
        return nalLengthBytes;
    }

    public int sampleCount() {
        return samples.count();
    }

    /** When the last sample has been shown or heard, on the movie's timeline. */
    public long endNanos() {
        return samples.nanos(samples.lastPresented()) + shiftNanos;
    }

    long dtsNanos(int sample) {
        return samples.nanos(samples.dts(sample)) + shiftNanos;
    }

    Mp4Sample sample(int i) {
        long until = i + 1 < samples.count() ? samples.dts(i + 1) : samples.end();
        long dts = dtsNanos(i);
        return new Mp4Sample(this, dts, samples.nanos(samples.pts(i)) + shiftNanos, samples.nanos(until) + shiftNanos - dts, samples.key(i), samples.offset(i),
            samples.size(i));
    }
}
