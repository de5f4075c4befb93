package io.sluice.streams.internal.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * The newest frames of one stream, in order of sequence, bounded by time and by bytes. Whole groups of pictures leave at the old end; only where one
 * group alone is larger than the limit does it lose its oldest frames, and then nobody can join before the next key frame. The stream's thread only.
 */
public final class Ring {
    /** How far back a viewer starts where there is no picture: enough for a player's first buffer. */
    private static final long AUDIO_START_NANOS = 1_000_000_000L;

    private final ByteBufAllocator allocator;
    private final MemoryBudget budget;
    private final SequenceWindow<Frame> frames = new SequenceWindow<>(0);
    private final ArrayDeque<Long> keys = new ArrayDeque<>();
    private long windowNanos;
    private long maxBytes;
    private long bytes;
    private boolean oversized;

    public Ring(ByteBufAllocator allocator, MemoryBudget budget, long windowNanos, long maxBytes) {
        this.allocator = allocator;
        this.budget = budget;
        limits(windowNanos, maxBytes);
    }

    /** New limits; they take effect with the next frame. */
    public void limits(long newWindowNanos, long newMaxBytes) {
        windowNanos = newWindowNanos;
        maxBytes = newMaxBytes;
    }

    public long first() {
        return frames.first();
    }

    public long next() {
        return frames.next();
    }

    /** Borrowed; null when it is not here. */
    public Frame get(long sequence) {
        return frames.get(sequence);
    }

    public Frame newest() {
        return frames.last();
    }

    public long bytes() {
        return bytes;
    }

    /** The newest group of pictures did not fit: viewers cannot join until the next key frame. */
    public boolean oversized() {
        return oversized;
    }

    /**
     * Copies one frame in. The payload is borrowed.
     *
     * @return null when there is no room for it even in an empty ring
     */
    public Frame add(Track track, Tracks tracks, Timeline.Times times, boolean key, long arrivedMillis, ByteBuf payload) {
        int length = payload.readableBytes();
        if (!makeRoom(length)) {
            return null;
        }
        ByteBuf copy = allocator.directBuffer(length, length).writeBytes(payload, payload.readerIndex(), length);
        Frame frame = new Frame(frames.next(), track, tracks, times.ptsNanos(), times.dtsNanos(), key, arrivedMillis, copy);
        frames.add(frame);
        bytes += length;
        budget.add(length);
        if (Starts.at(frame)) {
            keys.addLast(frame.sequence());
            oversized = false;
        }
        trimByTime(frame.dtsNanos());
        return frame;
    }

    /** Where a new viewer begins: the last key frame; without a picture a little before the newest frame; with neither the frame to come. */
    public long joinPoint() {
        if (keys.isEmpty()) {
            return frames.next();
        }
        long last = keys.getLast();
        return get(last).isVideo() ? last : keyNotAfter(newest().dtsNanos() - AUDIO_START_NANOS);
    }

    /** The key frame with this sequence number or the nearest one before; the oldest frame when there is none. */
    public long keyAtOrBefore(long sequence) {
        for (Iterator<Long> i = keys.descendingIterator(); i.hasNext();) {
            long key = i.next();
            if (key <= sequence) {
                return key;
            }
        }
        return first();
    }

    /** The first key frame with this sequence number or a later one, or the number of the frame to come. */
    public long keyAtOrAfter(long sequence) {
        for (long key : keys) {
            if (key >= sequence) {
                return key;
            }
        }
        return next();
    }

    /** The last key frame whose dts is not after this, or the oldest key frame. */
    public long keyNotAfter(long dtsNanos) {
        return lastKey(frame -> frame.dtsNanos() <= dtsNanos);
    }

    /** The last key frame of which this holds, or the oldest key frame. */
    public long lastKey(Predicate<Frame> which) {
        for (Iterator<Long> i = keys.descendingIterator(); i.hasNext();) {
            long key = i.next();
            if (which.test(get(key))) {
                return key;
            }
        }
        return keys.isEmpty() ? next() : keys.getFirst();
    }

    /** How many key frames are here. */
    public int keyCount() {
        return keys.size();
    }

    /** Media from the oldest frame to the newest. */
    public long spanNanos() {
        return frames.isEmpty() ? 0 : newest().dtsNanos() - get(first()).dtsNanos();
    }

    /** Lets everything go; numbers go on. */
    public void clear() {
        evictTo(frames.next());
    }

    private boolean makeRoom(int length) {
        if (length > maxBytes) {
            return false;
        }
        while (bytes + length > maxBytes || !budget.fits(length)) {
            if (frames.isEmpty()) {
                return false;
            }
            long second = secondKey();
            oversized |= second < 0;
            evictTo(second < 0 ? first() + 1 : second);
        }
        return true;
    }

    private void trimByTime(long newestDts) {
        for (long second = secondKey(); second >= 0 && newestDts - get(second).dtsNanos() >= windowNanos; second = secondKey()) {
            evictTo(second);
        }
    }

    /** The first key frame that is not the oldest frame, or -1. */
    private long secondKey() {
        for (long key : keys) {
            if (key > first()) {
                return key;
            }
        }
        return -1;
    }

    private void evictTo(long sequence) {
        while (first() < sequence) {
            ByteBuf payload = frames.removeFirst().payload();
            bytes -= payload.capacity();
            budget.add(-payload.capacity());
            payload.release();
        }
        while (!keys.isEmpty() && keys.getFirst() < sequence) {
            keys.removeFirst();
        }
    }
}
