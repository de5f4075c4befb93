package io.sluice.streams.internal.visit;

/** A viewer's place at a stream, which a visit of many exchanges keeps from one to the next. */
public interface Seat {
    void leave();
}
