package io.sluice.streams.internal.segment;

/**
 * @param targetNanos a segment ends at the first key frame after this
 * @param count       how many are listed; more where they are short
 * @param maxBytes    of all that are kept
 * @param lingerNanos a segmenter that nobody asked so long stops
 */
public record SegmentLimits(long targetNanos, int count, long maxBytes, long lingerNanos) {
}
