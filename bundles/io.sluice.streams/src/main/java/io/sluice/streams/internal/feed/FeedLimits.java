package io.sluice.streams.internal.feed;

/**
 * How far a viewer may lag before it goes on at a newer key frame.
 *
 * @param lagNanos of media
 * @param maxBytes of muxed media, whatever its time
 */
public record FeedLimits(long lagNanos, long maxBytes) {
}
