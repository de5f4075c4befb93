package io.sluice.streams.internal.feed;

import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;

/**
 * Which frame wakes the viewers. Sound rides with the next picture, since a write to a viewer costs more than the bytes in it: of some 77 writes a second, 30 are left.
 * Time is the media's, so sound that no picture follows goes out with the sound after it.
 */
final class Merge {
    private static final long NOTHING = Long.MIN_VALUE;

    private long heldSince = NOTHING;

    /** @return false when the frame may wait for a later one */
    boolean wakes(Frame frame, long budgetNanos) {
        if (budgetNanos == 0 || frame.isVideo() || frame.tracks().first(MediaKind.VIDEO).isEmpty() || overdue(frame.dtsNanos(), budgetNanos)) {
            heldSince = NOTHING;
            return true;
        }
        if (heldSince == NOTHING) {
            heldSince = frame.dtsNanos();
        }
        return false;
    }

    /** Also where time went back. */
    private boolean overdue(long dtsNanos, long budgetNanos) {
        return heldSince != NOTHING && (dtsNanos - heldSince >= budgetNanos || dtsNanos < heldSince);
    }
}
