package io.sluice.format.rtppayload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DecodingTimesTest {
    private static final long PICTURE = 3600;

    private final DecodingTimes times = new DecodingTimes();

    @Test
    void withoutReorderingBothAreTheSame() {
        for (long pts = -5; pts < 100; pts++) {
            assertEquals(pts * PICTURE, times.next(pts * PICTURE));
        }
    }

    @Test
    void picturesThatAreReorderedAreDecodedAtAnEvenRate() {
        even(2, 0, 1); // P B B
        even(3, 1, 0, 2); // hierarchical: P B b b
    }

    /** @param order of presentation within each group, in order of decoding */
    private void even(int... order) {
        times.reset();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < 100; i++) {
            long pts = 1_000_000 + (i / order.length * order.length + order[i % order.length]) * PICTURE;
            long dts = times.next(pts);
            assertTrue(dts > before, "rises");
            if (i > 2 * order.length) {
                assertTrue(dts <= pts, dts + " is after " + pts);
                assertEquals(PICTURE, dts - before, "picture " + i);
            }
            before = dts;
        }
    }
}
