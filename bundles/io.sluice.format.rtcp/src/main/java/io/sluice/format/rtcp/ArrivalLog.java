package io.sluice.format.rtcp;

import io.sluice.format.rtp.Unwrapper;
import java.util.Arrays;

/**
 * Notes when packets came and makes transport-wide feedback of it. Every packet that has a number is to be noted, RTX and padding included: what is not noted counts as lost.
 * Bounded; one thread.
 */
public final class ArrivalLog {
    /** A window of numbers: 1,024 packets in 100 ms are 98 Mbit/s. */
    private static final int WINDOW = 1024;
    private static final long NONE = Long.MIN_VALUE;
    private static final long UNIT_NANOS = 250_000;
    private static final long REFERENCE_UNITS = 256;

    private final long[] arrivals = new long[WINDOW];
    private final Unwrapper numbers = Unwrapper.ofSequences();
    private boolean begun;
    /** The first number that the next feedback tells of. */
    private long from;
    /** One behind the highest. */
    private long to;
    private int feedbacks;

    public ArrivalLog() {
        Arrays.fill(arrivals, NONE);
    }

    /** A packet came. @param number 16 bits  @param nowNanos of any clock that does not step, 0 or more */
    public void arrived(int number, long nowNanos) {
        long n = begun ? numbers.peek(number) : numbers.unwrap(number);
        if (!begun) {
            begun = true;
            from = n;
            to = n;
        }
        if (n < from) {
            return;
        }
        if (n >= to) {
            numbers.unwrap(number);
            from = Math.max(from, n + 1 - WINDOW);
            for (long missing = Math.max(to, from); missing < n; missing++) {
                arrivals[slot(missing)] = NONE;
            }
            to = n + 1;
        }
        arrivals[slot(n)] = nowNanos;
    }

    /** What came since the last feedback; null where nothing did, or where two arrivals are too far apart for one (8 s), of which the older is forgotten. */
    public TransportFeedback feedback(long sender, long media) {
        while (from < to && arrivals[slot(from)] == NONE && feedbacks == 0) {
            from++;
        }
        long first = from;
        while (first < to && arrivals[slot(first)] == NONE) {
            first++;
        }
        if (first >= to) {
            return null;
        }
        long reference = arrivals[slot(first)] / UNIT_NANOS / REFERENCE_UNITS;
        int[] deltas = new int[(int) (to - from)];
        long before = reference * REFERENCE_UNITS;
        int base = (int) (from & 0xffff);
        for (int i = 0; i < deltas.length; i++) {
            long arrival = arrivals[slot(from + i)];
            long units = arrival / UNIT_NANOS;
            long delta = units - before;
            if (arrival == NONE) {
                deltas[i] = TransportFeedback.LOST;
            } else if (delta != (short) delta) {
                from += i;
                return null;
            } else {
                deltas[i] = (int) delta;
                before = units;
            }
        }
        from = to;
        return new TransportFeedback(sender, media, base, (int) (reference & 0xffffff), feedbacks++ & 0xff, deltas);
    }

    private static int slot(long number) {
        return (int) Math.floorMod(number, (long) WINDOW);
    }
}
