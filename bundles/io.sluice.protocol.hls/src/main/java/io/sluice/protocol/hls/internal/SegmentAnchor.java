package io.sluice.protocol.hls.internal;

/**
 * Where a continuous run of the timeline stands on the wall clock: the arrival of its first frame. Every segment's EXT-X-PROGRAM-DATE-TIME in the run is
 * counted from here, so dates differ by exactly the durations between them, whatever the network did to later arrivals.
 */
record SegmentAnchor(long wallMillis, long dtsNanos) {
    long wallMillisAt(long nanos) {
        return wallMillis + Math.floorDiv(nanos - dtsNanos + 500_000, 1_000_000);
    }
}
