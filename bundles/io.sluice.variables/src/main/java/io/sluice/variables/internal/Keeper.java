package io.sluice.variables.internal;

import io.sluice.variables.internal.keep.Kept;
import io.sluice.variables.internal.keep.StateFile;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes values down some seconds after they changed: rarely enough to take no more than a hundredth of a disk's time. {@link #tick} on one thread. */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long LEAST_GAP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SHARE = 100;
    private final StateFile file;
    private final Slots slots;
    private final Clock clock;
    private final Executor worker;
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile long nextNanos;
    private volatile boolean broken;

    Keeper(StateFile file, Slots slots, Clock clock, Executor worker) {
        this.file = file;
        this.slots = slots;
        this.clock = clock;
        this.worker = worker;
        this.nextNanos = clock.nanos() + LEAST_GAP_NANOS;
    }

    void tick() {
        if (clock.nanos() - nextNanos >= 0 && !writing.get() && slots.takeDirty()) {
            writing.set(true);
            worker.execute(() -> {
                try {
                    write();
                } finally {
                    writing.set(false);
                }
            });
        }
    }

    /** At once, on this thread. */
    synchronized void write() {
        long began = clock.nanos();
        try {
            List<Kept> kept = slots.all().stream().map(Slot::kept).filter(Objects::nonNull).toList();
            file.write(kept);
            broken = false;
        } catch (IOException e) {
            slots.dirty();
            if (!broken) {
                LOG.error("the values of variables cannot be written down: {}; it is tried again", e.toString());
            }
            broken = true;
        }
        long now = clock.nanos();
        nextNanos = now + Math.max(LEAST_GAP_NANOS, SHARE * (now - began));
    }
}
