package io.sluice.api.stream;

/**
 * Where a reader of frames begins.
 *
 * @param nanos on the stream's timeline: the key frame at it or before; the oldest where the window begins later; a time to come is waited for
 */
public record ReadFrom(long nanos) {
    /** The newest key frame. */
    public static final ReadFrom LIVE = new ReadFrom(Long.MAX_VALUE);
    /** As far back as the stream's window reaches. */
    public static final ReadFrom OLDEST = new ReadFrom(Long.MIN_VALUE);
}
