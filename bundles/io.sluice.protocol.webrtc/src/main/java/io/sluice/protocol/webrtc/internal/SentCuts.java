package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** What was sent lately, for repeats: the frames themselves, which all viewers share, and which numbers their packets got. One thread. */
final class SentCuts implements AutoCloseable {
    /** A second of 60 pictures, or of sound. */
    private static final int FRAMES = 64;

    private record Sent(ByteBuf cut, int first, int count, long shiftTicks) {
    }

    /** Told of a packet. */
    @FunctionalInterface
    interface Visitor {
        void packet(boolean marker, long timestamp, ByteBuf payload);
    }

    private final Deque<Sent> frames = new ArrayDeque<>(FRAMES);

    /** Takes over the cut. */
    void add(ByteBuf cut, int first, int count, long shiftTicks) {
        if (frames.size() == FRAMES) {
            frames.removeFirst().cut.release();
        }
        frames.addLast(new Sent(cut, first, count, shiftTicks));
    }

    /** Nothing happens where it is not here any more. */
    void find(int sequence, Visitor visitor) {
        for (Iterator<Sent> newest = frames.descendingIterator(); newest.hasNext();) {
            Sent sent = newest.next();
            int wanted = sequence - sent.first & 0xFFFF;
            if (wanted < sent.count) {
                Cut.packets(sent.cut, (index, marker, timestamp, payload) -> {
                    if (index == wanted) {
                        visitor.packet(marker, timestamp + sent.shiftTicks & 0xFFFFFFFFL, payload);
                    }
                });
                return;
            }
        }
    }

    @Override
    public void close() {
        frames.forEach(f -> f.cut.release());
        frames.clear();
    }
}
