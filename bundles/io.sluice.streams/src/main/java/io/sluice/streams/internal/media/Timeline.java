package io.sluice.streams.internal.media;

import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keeps the publisher's clock as long as it is sane: re-anchors all tracks where it jumps, makes dts rise by a millisecond at least within a track, and smooths audio
 * times. All times are nanoseconds. The stream's thread only.
 */
public final class Timeline {
    /** A track that falls back further than this has a new clock; less is disorder and is corrected frame by frame. */
    static final long BACKWARD_NANOS = 1_000_000_000L;
    /** A track that runs ahead of the wall clock by more than this since its last frame has a new clock. */
    static final long FORWARD_NANOS = 10_000_000_000L;
    /** What a dts rises at least from frame to frame: containers that count milliseconds must tell the frames apart. */
    private static final long RISE_NANOS = 1_000_000;
    private static final long NOTHING = Long.MIN_VALUE;

    private final Map<Integer, TrackClock> clocks = new HashMap<>();
    private long offset;
    private int generation;
    private long newest = NOTHING;
    private long newestWall;
    private boolean restarted;
    private long corrected;

    /** @param broke the timeline was re-anchored at this frame */
    public record Times(long ptsNanos, long dtsNanos, boolean broke) {
    }

    private static final class TrackClock {
        private final AudioClock audio;
        private boolean fresh = true;
        private int generation;
        private long offset;
        private long lastIn;
        private long lastOut = NOTHING;
        private long lastWall;
        private long duration;

        private TrackClock(Track track) {
            audio = track.kind() == MediaKind.AUDIO ? AudioClock.of(track) : null;
            duration = track.kind() == MediaKind.AUDIO ? 20_000_000 : 40_000_000; // until two frames were seen
        }
    }

    /** The tracks from here on: what is gone is forgotten, what changed begins anew. */
    public void tracks(List<Track> before, List<Track> now) {
        clocks.keySet().retainAll(now.stream().filter(before::contains).map(Track::id).collect(Collectors.toSet()));
    }

    /** Another publisher goes on: its clock is kept where it goes on from ours, otherwise re-anchored with its first frame. */
    public void restart() {
        restarted = newest != NOTHING;
        clocks.values().forEach(c -> c.fresh = true);
    }

    /** How many times a dts that did not rise enough was corrected. */
    public long corrected() {
        return corrected;
    }

    public Times stamp(Track track, long ptsNanos, long dtsNanos, long wallNanos) {
        TrackClock clock = clocks.computeIfAbsent(track.id(), id -> new TrackClock(track));
        boolean broke = clock.fresh ? begin(clock, dtsNanos, wallNanos) : follow(clock, dtsNanos, wallNanos);
        long dts = dtsNanos + clock.offset;
        if (clock.audio != null) {
            dts = clock.audio.smooth(dts);
        }
        if (clock.lastOut != NOTHING && dts - clock.lastOut < RISE_NANOS) {
            dts = clock.lastOut + RISE_NANOS;
            corrected++;
        }
        long pts = clock.audio != null ? dts : ptsNanos + clock.offset;
        clock.lastIn = dtsNanos;
        clock.lastOut = dts;
        clock.lastWall = wallNanos;
        if (newest == NOTHING || dts > newest) {
            newest = dts;
        }
        newestWall = wallNanos;
        return new Times(ptsNanos >= dtsNanos ? Math.max(pts, dts) : pts, dts, broke);
    }

    private boolean begin(TrackClock clock, long dts, long wall) {
        clock.fresh = false;
        if (restarted) {
            restarted = false;
            if (!goesOn(dts + offset, wall)) {
                offset = newest + clock.duration - dts;
            }
        }
        adopt(clock);
        if (newest != NOTHING && Math.abs(dts + offset - newest) > FORWARD_NANOS + (wall - newestWall)) {
            clock.offset = newest + clock.duration - dts; // a track with a clock of its own
        }
        return false;
    }

    private boolean goesOn(long out, long wall) {
        return out > newest && out <= newest + (wall - newestWall) + FORWARD_NANOS;
    }

    private boolean follow(TrackClock clock, long dts, long wall) {
        long delta = dts - clock.lastIn;
        long ahead = delta - (wall - clock.lastWall);
        if (delta > 0 && delta < BACKWARD_NANOS) {
            clock.duration = delta;
        }
        if (clock.generation != generation && (delta <= 0 || ahead > BACKWARD_NANOS)
            && Math.abs(dts + offset - newest) < FORWARD_NANOS) {
            adopt(clock); // another track jumped first, this one now follows it
            return false;
        }
        if (delta >= -BACKWARD_NANOS && ahead <= FORWARD_NANOS) {
            return false;
        }
        offset = newest + clock.duration - dts;
        generation++;
        adopt(clock);
        return true;
    }

    private void adopt(TrackClock clock) {
        clock.offset = offset;
        clock.generation = generation;
    }
}
