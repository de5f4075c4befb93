package io.sluice.format.push;

import java.time.Instant;

/** A condition that follows from the time alone. */
@FunctionalInterface
public interface Schedule {
    /** What it is at this moment, and until when. From any thread; no I/O. */
    Phase at(Instant time);
}
