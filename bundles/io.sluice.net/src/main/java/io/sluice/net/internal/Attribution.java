package io.sluice.net.internal;

import io.sluice.api.net.Account;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Whose the bytes of one connection are. What was handed over for sending before the account changed stays that account's until the kernel has it, so each change leaves a mark
 * in the count of bytes. On the connection's loop.
 */
final class Attribution {
    private static final long LOOK_NANOS = 10_000_000_000L;
    /** The time is asked once for so many sends. */
    private static final int SENDS = 16;

    /** All bytes up to this count, and behind the mark before, are the account's. */
    private record Mark(Account account, long upTo) {
    }

    private final Supplier<TcpFigures> kernel;
    private final Queue<Mark> marks = new ArrayDeque<>(2);
    private Account current;
    private Account last;
    private long nobodyIn;
    private long nobodyOut;
    private long counted;
    private int sends;
    private long lookedNanos = System.nanoTime();
    private TcpFigures seen = TcpFigures.NONE;

    /** @param kernel what it says of the connection's packets, or null */
    Attribution(Supplier<TcpFigures> kernel) {
        this.kernel = kernel;
    }

    void in(long bytes) {
        if (current == null) {
            nobodyIn += bytes;
        } else {
            current.in(bytes);
        }
    }

    /** The kernel has taken so many bytes in all. */
    void accepted(long total) {
        while (counted < total && !marks.isEmpty()) {
            Mark mark = marks.peek();
            long n = Math.min(total, mark.upTo) - counted;
            counted += n;
            mark.account.out(n);
            if (counted == mark.upTo) {
                marks.remove();
            }
        }
        long rest = total - counted;
        counted = total;
        if (current == null) {
            nobodyOut += rest;
        } else if (rest > 0) {
            current.out(rest);
        }
        if (++sends % SENDS == 0 && System.nanoTime() - lookedNanos >= LOOK_NANOS) {
            look();
        }
    }

    /** @param handed how many bytes were handed over for sending so far */
    void to(Account next, long handed) {
        if (next == current) {
            return;
        }
        if (current != null) {
            toNobody(handed);
        }
        current = next;
        last = next;
        claim();
    }

    /** From here on the bytes wait for whom they will belong to. */
    void toNobody(long handed) {
        if (current != null) {
            if (handed > counted) {
                marks.add(new Mark(current, handed));
            }
            current = null;
        }
    }

    /** What waits is the last one's, and what still comes. */
    void end() {
        if (current == null && last != null) {
            current = last;
            claim();
        }
    }

    private void claim() {
        if (nobodyIn > 0) {
            current.in(nobodyIn);
            nobodyIn = 0;
        }
        if (nobodyOut > 0) {
            current.out(nobodyOut);
            nobodyOut = 0;
        }
    }

    /** Asks the kernel now. */
    void look() {
        Account whose = current == null ? last : current;
        lookedNanos = System.nanoTime();
        TcpFigures now = whose == null ? null : kernel.get();
        if (now != null) {
            TcpFigures risen = now.since(seen);
            seen = seen.plus(risen);
            whose.packets(risen.sent(), risen.lost(), risen.retransmitted());
        }
    }
}
