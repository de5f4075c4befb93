package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Complaints complaints = new Complaints(now::get);

    private int shown(int times) {
        int shown = 0;
        for (int i = 0; i < times; i++) {
            shown += complaints.admit() >= 0 ? 1 : 0;
        }
        return shown;
    }

    @Test
    void aFloodIsABurstAndThenTenLinesASecond() {
        assertEquals(100, shown(5000));
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(10, shown(5000));
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertEquals(100, shown(5000));
    }

    @Test
    void theNextLineSaysHowManyWereNotShown() {
        shown(105);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(5, complaints.admit());
        assertEquals(0, complaints.admit());
    }
}
