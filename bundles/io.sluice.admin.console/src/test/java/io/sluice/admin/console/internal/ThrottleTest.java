package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Throttle throttle = new Throttle(clock::get);

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(address);
        }
    }

    @Test
    void theWaitDoublesUpToItsLimit() {
        fail("10.0.0.1", Throttle.FREE_FAILURES - 1);
        List<Integer> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(throttle.waitSeconds("10.0.0.1"));
            throttle.failed("10.0.0.1");
        }
        assertEquals(List.of(0, 1, 2, 4, 8, 16, 30, 30), waits);
    }

    @Test
    void waitingEnds() {
        fail("10.0.0.1", Throttle.FREE_FAILURES + 2);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertEquals(1, throttle.waitSeconds("10.0.0.1"));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertEquals(0, throttle.waitSeconds("10.0.0.1"));
    }

    @Test
    void successAndTimeForgive() {
        fail("10.0.0.1", 20);
        throttle.succeeded("10.0.0.1");
        assertEquals(0, throttle.waitSeconds("10.0.0.1"));
        fail("10.0.0.2", 20);
        clock.addAndGet(TimeUnit.MINUTES.toNanos(11));
        assertEquals(1, throttle.failed("10.0.0.2"));
    }

    @Test
    void othersAreNotSlowed() {
        fail("10.0.0.1", 20);
        assertEquals(0, throttle.waitSeconds("10.0.0.2"));
    }

    @Test
    void anIpv6NetworkCountsAsOne() {
        fail("2001:db8::1", 20);
        assertEquals(Throttle.MAX_WAIT_SECONDS, throttle.waitSeconds("2001:db8::ffff"));
        assertEquals(0, throttle.waitSeconds("2001:db8:0:1::1"));
    }

    @Test
    void memoryIsBounded() {
        fail("10.0.0.1", 20);
        for (int i = 0; i < Throttle.MAX_ADDRESSES; i++) {
            throttle.failed("192.168." + i / 256 + "." + i % 256);
        }
        assertEquals(0, throttle.waitSeconds("10.0.0.1"));
    }
}
