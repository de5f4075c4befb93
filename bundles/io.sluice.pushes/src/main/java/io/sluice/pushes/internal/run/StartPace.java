package io.sluice.pushes.internal.run;

import java.util.concurrent.TimeUnit;

/** New pushes a second: each start takes the next turn. One thread. */
final class StartPace {
    private long gapNanos;
    private long next = Long.MIN_VALUE;

    /** @param perSecond 0 for as many as come */
    void limit(int perSecond) {
        gapNanos = perSecond <= 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        next = Long.MIN_VALUE;
    }

    /** Takes a turn. @return when it is */
    long turn(long nanos) {
        if (gapNanos == 0) {
            return nanos;
        }
        long turn = next == Long.MIN_VALUE || next - nanos < 0 ? nanos : next;
        next = turn + gapNanos;
        return turn;
    }
}
