package io.sluice.pushes.internal.time;

import java.time.Instant;

/** The engine's one thread and both clocks, so that tests can turn them. From any thread. */
public interface Ticker {
    /** The wall clock, which somebody may set. */
    Instant wall();

    /** For distances: never set back. */
    long nanos();

    /** Runs a task on the engine's thread, after those before it. */
    void execute(Runnable task);

    /** The same, so many nanoseconds from now. @return takes it back */
    Runnable schedule(Runnable task, long nanos);
}
