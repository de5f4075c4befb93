package io.sluice.streams.internal;

import io.sluice.streams.internal.visit.Seat;

/** A counted viewer of a stream. */
record StreamSeat(LiveStream stream) implements Seat {
    @Override
    public void leave() {
        stream.left(Guest.VIEWER);
    }
}
