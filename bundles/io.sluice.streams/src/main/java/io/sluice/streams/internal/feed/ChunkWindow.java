package io.sluice.streams.internal.feed;

import io.sluice.streams.internal.media.SequenceWindow;
import java.util.ArrayDeque;

/** The newest chunks of a feed: from the last place where a viewer can start, and what slow viewers may lag. Holds one reference to each. One thread at a time. */
final class ChunkWindow {
    private final SequenceWindow<Chunk> chunks;
    private final ArrayDeque<Chunk> starts = new ArrayDeque<>();
    private long bytes;

    ChunkWindow(long start) {
        chunks = new SequenceWindow<>(start);
    }

    long first() {
        return chunks.first();
    }

    long next() {
        return chunks.next();
    }

    Chunk get(long sequence) {
        return chunks.get(sequence);
    }

    long bytes() {
        return bytes;
    }

    /** Takes over one reference. A gap before it empties the window: whoever was there starts anew. */
    void add(Chunk chunk) {
        if (chunk.sequence() != chunks.next()) {
            clear();
            chunks.restart(chunk.sequence());
        }
        chunks.add(chunk);
        bytes += chunk.bytes().readableBytes();
        if (chunk.start()) {
            starts.addLast(chunk);
        }
    }

    /** Where a viewer starts now, or null. */
    Chunk newestStart() {
        return starts.peekLast();
    }

    /** Lets go what is too old or too much; the newest start stays, unless the bytes behind it alone are too many. */
    void trim(FeedLimits limits) {
        while (bytes > limits.maxBytes() && chunks.first() < chunks.next() - 1) {
            removeFirst();
        }
        Chunk keep = starts.peekLast();
        while (keep != null && chunks.first() < keep.sequence() && chunks.last().dtsNanos() - chunks.get(chunks.first()).dtsNanos() > limits.lagNanos()) {
            removeFirst();
        }
    }

    void clear() {
        while (!chunks.isEmpty()) {
            removeFirst();
        }
    }

    private void removeFirst() {
        Chunk gone = chunks.removeFirst();
        bytes -= gone.bytes().readableBytes();
        if (starts.peekFirst() == gone) {
            starts.removeFirst();
        }
        gone.bytes().release();
    }
}
