package io.sluice.source.file.internal;

/**
 * Where a sample lies and when it is due, on the file's own timeline.
 *
 * @param durationNanos until the next sample of its track is decoded
 * @param offset        of its bytes in the file
 */
record MediaSample(MediaTrack track, long dtsNanos, long ptsNanos, long durationNanos, boolean key, long offset, int size) {
    long endNanos() {
        return ptsNanos + durationNanos;
    }
}
