package io.sluice.streams.internal.feed;

import io.netty.buffer.ByteBuf;

/**
 * The frames that came with one wake, as one buffer: each viewer of the loop that is not behind gets it by one write, and only the first of them costs a copy. On
 * the loop.
 */
final class Burst {
    /** A copy of more costs more than the writes that it saves. */
    private static final int MOST_BYTES = 256 * 1024;

    private long first;
    private long next;
    private ByteBuf bytes;

    /** Joins the chunks from this one to the newest; fewer than two, or such as are not alike, are left as they are. */
    void join(ChunkWindow chunks, long from) {
        clear();
        first = Math.max(from, chunks.first());
        next = chunks.next();
        int size = next - first < 2 ? 0 : size(chunks);
        if (size > 0) {
            bytes = chunks.get(next - 1).bytes().alloc().buffer(size, size);
            for (long s = first; s < next; s++) {
                ByteBuf part = chunks.get(s).bytes();
                bytes.writeBytes(part, part.readerIndex(), part.readableBytes());
            }
        }
    }

    /** In bytes; 0 where a viewer may need a header in between, or where they are too many. */
    private int size(ChunkWindow chunks) {
        long size = 0;
        for (long s = first; s < next; s++) {
            Chunk chunk = chunks.get(s);
            if (chunk.first() || chunk.tracks() != chunks.get(first).tracks()) {
                return 0;
            }
            size += chunk.bytes().readableBytes();
        }
        return size > MOST_BYTES ? 0 : (int) size;
    }

    /** With a reference for the caller, for a viewer who needs this frame next; null where the burst begins elsewhere. */
    ByteBuf at(long position) {
        return bytes != null && position == first ? bytes.retainedDuplicate() : null;
    }

    /** The frame after it. */
    long next() {
        return next;
    }

    void clear() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
