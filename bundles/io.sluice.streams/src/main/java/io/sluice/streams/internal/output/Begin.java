package io.sluice.streams.internal.output;

import io.sluice.api.stream.ReadFrom;
import io.sluice.streams.internal.feed.FrameStart;
import io.sluice.streams.internal.media.Ring;

/**
 * Where a push begins, and what must have come before it does.
 *
 * @param how        what the value is
 * @param value      nanoseconds on the stream's timeline for MEDIA and how far behind for BEHIND, milliseconds of the Unix epoch for WALL
 * @param keyFrames  that must be there, 0 for any
 * @param mostNanos  of media, after which it begins with fewer of them
 */
record Begin(How how, long value, int keyFrames, long mostNanos) {
    enum How { AS_ASKED, MEDIA, WALL, BEHIND }

    /** @param asked by the target; counts where the parameters say nothing */
    FrameStart start(ReadFrom asked) {
        FrameStart where = switch (how) {
            case AS_ASKED -> FrameStart.of(asked);
            case MEDIA -> FrameStart.at(value);
            case WALL -> this::wall;
            case BEHIND -> this::behind;
        };
        return keyFrames == 0 ? where : ring -> ring.keyCount() >= keyFrames || ring.spanNanos() >= mostNanos ? where.find(ring) : FrameStart.LATER;
    }

    private long wall(Ring ring) {
        return ring.newest() == null || ring.newest().arrivedMillis() < value ? FrameStart.LATER : ring.lastKey(frame -> frame.arrivedMillis() <= value);
    }

    private long behind(Ring ring) {
        return ring.newest() == null || ring.spanNanos() < value ? FrameStart.LATER : ring.keyNotAfter(ring.newest().dtsNanos() - value);
    }
}
