package io.sluice.streams.internal.media;

import java.util.concurrent.atomic.AtomicLong;

/** One ceiling for the media of all streams: rings, feeds and segments. From any thread. */
public final class MemoryBudget {
    private final AtomicLong used = new AtomicLong();
    private volatile long ceilingBytes;

    public MemoryBudget(long ceilingBytes) {
        this.ceilingBytes = ceilingBytes;
    }

    public void ceiling(long bytes) {
        ceilingBytes = bytes;
    }

    public long usedBytes() {
        return used.get();
    }

    public long ceilingBytes() {
        return ceilingBytes;
    }

    /** Whether so much more would stay below the ceiling. Two streams may be told yes at once: the ceiling is met to within one frame per stream. */
    public boolean fits(long bytes) {
        return used.get() + bytes <= ceilingBytes;
    }

    /** Counts what is held from now on; negative when it was let go. */
    public void add(long bytes) {
        used.addAndGet(bytes);
    }
}
