package io.sluice.streams.internal.feed;

/**
 * How far a viewer may lag before it goes on at a newer key frame, and what is written to it at once.
 *
 * @param lagNanos of media
 * @param maxBytes of muxed media, whatever its time
 * @param mergeNanos of media that sound waits at most for the next picture; 0 for each frame by itself
 */
public record FeedLimits(long lagNanos, long maxBytes, long mergeNanos) {
}
