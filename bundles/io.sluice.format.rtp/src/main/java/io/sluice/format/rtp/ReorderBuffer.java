package io.sluice.format.rtp;

import java.util.Arrays;

/**
 * Puts the packets of one SSRC in order, and says which ones to ask for again. Bounded: a ring of so many numbers. Where a packet does not come in time, it is given up
 * and what follows goes on. One thread; time is the caller's.
 *
 * <p>It owns the buffers of packets that it was given, until it hands them out.
 */
public final class ReorderBuffer implements AutoCloseable {
    /** Requests for one packet: as many as browsers make. */
    private static final int MOST_REQUESTS = 10;

    private final RtpPacket[] ring;
    /** When a number was first missed. */
    private final long[] missedNanos;
    private final long[] askedNanos;
    private final byte[] requests;
    private final long holdNanos;
    private final Unwrapper numbers = Unwrapper.ofSequences();
    /** The number that is to be handed out next. */
    private long next;
    /** One behind the highest number that came. */
    private long end;
    private boolean begun;
    /** Packets were given up since one was handed out. */
    private boolean gap;
    /** The same, of the packet that was handed out last. */
    private boolean gapBefore;
    /** The number far behind all others that came last: a second one after it says that the sender began anew. */
    private long anew = Long.MIN_VALUE;
    private long lost;
    private long late;

    /**
     * @param packets   a power of two up to 16384: numbers between the oldest that is missing and the newest that came
     * @param holdNanos how long a missing packet is waited for
     */
    public ReorderBuffer(int packets, long holdNanos) {
        if (Integer.bitCount(packets) != 1 || packets > 1 << 14) {
            throw new IllegalArgumentException("a reorder buffer: wanted a power of two up to 16384, found " + packets);
        }
        this.ring = new RtpPacket[packets];
        this.missedNanos = new long[packets];
        this.askedNanos = new long[packets];
        this.requests = new byte[packets];
        this.holdNanos = holdNanos;
    }

    /**
     * Takes a packet, its buffer included: one that came before or too late is released at once.
     *
     * @return whether it was new
     */
    public boolean offer(RtpPacket packet, long nowNanos) {
        long number = begun ? numbers.peek(packet.sequence()) : numbers.unwrap(packet.sequence());
        if (!begun) {
            begun = true;
            next = number;
            end = number;
        }
        if (number < next - ring.length && beginsAnew(number)) {
            return offer(packet, nowNanos);
        }
        if (number < next || number < end && ring[slot(number)] != null) {
            late++;
            packet.buffer().release();
            return false;
        }
        if (number >= end) {
            numbers.unwrap(packet.sequence());
            jump(number);
            for (; end < number; end++) {
                missed(end, nowNanos);
            }
            end = number + 1;
        }
        ring[slot(number)] = packet;
        return true;
    }

    /** RFC 3550 appendix A.1: two numbers in a row that are far from all before are a restart. */
    private boolean beginsAnew(long number) {
        boolean second = number == anew + 1;
        anew = second ? Long.MIN_VALUE : number;
        if (second) {
            close();
            begun = false;
            gap = true;
        }
        return second;
    }

    /** Makes room: what is older than the ring is long goes. */
    private void jump(long number) {
        while (number - next >= ring.length && next < end) {
            drop();
        }
        if (number - next >= ring.length) {
            lost += number - next;
            gap = true;
            next = number;
            end = number;
        }
    }

    private void drop() {
        RtpPacket packet = ring[slot(next)];
        if (packet != null) {
            packet.buffer().release();
            ring[slot(next)] = null;
        }
        lost++;
        gap = true;
        next++;
    }

    private void missed(long number, long nowNanos) {
        int slot = slot(number);
        ring[slot] = null;
        missedNanos[slot] = nowNanos;
        requests[slot] = 0;
    }

    /**
     * The next packet in order, which is the caller's to release; null where it has not come and is still waited for. Call until null.
     * {@link #gap} says whether packets before it were given up.
     */
    public RtpPacket poll(long nowNanos) {
        while (next < end) {
            int slot = slot(next);
            RtpPacket packet = ring[slot];
            if (packet != null) {
                ring[slot] = null;
                next++;
                gapBefore = gap;
                gap = false;
                return packet;
            }
            if (nowNanos - missedNanos[slot] < holdNanos) {
                return null;
            }
            lost++;
            gap = true;
            next++;
        }
        return null;
    }

    /** Told of each number that is to be asked for. */
    @FunctionalInterface
    public interface Missing {
        void sequence(int sequence);
    }

    /**
     * Says what is missing and was not asked for lately, in order.
     *
     * @param againNanos time after which a packet is asked for again: about the round-trip time
     * @param most       at most so many
     */
    public void missing(long nowNanos, long againNanos, int most, Missing to) {
        int told = 0;
        for (long number = next; number < end && told < most; number++) {
            int slot = slot(number);
            boolean due = requests[slot] == 0 || nowNanos - askedNanos[slot] >= againNanos && requests[slot] < MOST_REQUESTS;
            if (ring[slot] == null && due) {
                requests[slot]++;
                askedNanos[slot] = nowNanos;
                told++;
                to.sequence((int) (number & 0xffff));
            }
        }
    }

    /** When {@link #poll} is worth calling again though nothing came; Long.MAX_VALUE where nothing is missing. */
    public long deadlineNanos() {
        return next < end && ring[slot(next)] == null ? missedNanos[slot(next)] + holdNanos : Long.MAX_VALUE;
    }

    /** Whether packets are missing right before the one that {@link #poll} handed out last. */
    public boolean gap() {
        return gapBefore;
    }

    /** Packets given up so far. */
    public long lost() {
        return lost;
    }

    /** Packets that came twice or too late so far. */
    public long late() {
        return late;
    }

    private int slot(long number) {
        return (int) (number & ring.length - 1);
    }

    /** Releases what is held. */
    @Override
    public void close() {
        for (RtpPacket packet : ring) {
            if (packet != null) {
                packet.buffer().release();
            }
        }
        Arrays.fill(ring, null);
        next = end;
    }
}
