package io.sluice.protocol.hls.internal;

import io.sluice.api.media.Frame;

/**
 * Where segments end: at the first key frame after the target; without pictures, at the first frame after it; and anywhere before the segment gets longer
 * than the playlist has promised (RFC 8216 section 4.3.3.1: EXT-X-TARGETDURATION never changes), or too large.
 *
 * @param targetNanos  wanted length
 * @param maxOpenNanos limit while no target duration has been promised
 * @param maxBytes     limit of the open segment
 */
record CutRule(long targetNanos, long maxOpenNanos, int maxBytes) {
    /** NO: goes on. TARGET: long enough, at a good place. FORCED: has to end here. */
    enum Cut { NO, TARGET, FORCED }

    /** A key frame this much early still counts: publishers round their clocks, and half a target later is a whole GOP later. */
    private static final long EARLY_NANOS = 60_000_000;
    /** EXTINF is compared after rounding to the nearest second: a little less than half a second still rounds down. */
    private static final long ROUNDS_DOWN_NANOS = 490_000_000;
    /** Room for the frame that ends the segment: frames are up to 90 ms apart, or they are a hole. */
    private static final long LAST_FRAME_NANOS = 90_000_000;
    private static final long SECOND = 1_000_000_000;

    /** What to do before this frame is added. @param targetSeconds promised, or 0 */
    Cut before(Frame frame, OpenSegment open, CarriedTracks carried, int targetSeconds) {
        long elapsed = frame.dtsNanos() - open.startDtsNanos();
        long splitNanos = limitNanos(targetSeconds) - LAST_FRAME_NANOS;
        boolean goodPlace = !open.hasVideo() || frame.track().id() == carried.videoId() && frame.key();
        if (goodPlace && elapsed > 0 && (elapsed >= wantedNanos(targetSeconds) - EARLY_NANOS || anotherGopWouldSplit(frame, open, elapsed, splitNanos))) {
            return Cut.TARGET;
        }
        long bytes = (long) open.bytes() + frame.payload().readableBytes();
        return elapsed >= splitNanos || bytes > maxBytes ? Cut.FORCED : Cut.NO;
    }

    /** A target that was configured anew cannot be longer than what was promised. */
    private long wantedNanos(int targetSeconds) {
        return targetSeconds == 0 ? targetNanos : Math.min(targetNanos, targetSeconds * SECOND);
    }

    /** Better a short segment now than a split in the midst of a GOP as long as the last one. */
    private boolean anotherGopWouldSplit(Frame frame, OpenSegment open, long elapsed, long splitNanos) {
        return open.hasVideo() && elapsed >= targetNanos / 2 && elapsed + frame.dtsNanos() - open.keyDtsNanos() > splitNanos;
    }

    /** The longest segment that keeps the promise. */
    long limitNanos(int targetSeconds) {
        return targetSeconds == 0 ? maxOpenNanos : targetSeconds * SECOND + ROUNDS_DOWN_NANOS;
    }

    /** The promise that the first segment leads to. */
    int promise(long durationNanos) {
        long longest = Math.max(targetNanos, durationNanos) - EARLY_NANOS;
        return (int) Math.max(1, (longest + SECOND - 1) / SECOND);
    }
}
