package io.sluice.streams.internal.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.stream.Segment;
import io.sluice.streams.internal.media.MemoryBudget;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShelfTest {
    private static final long MILLI = 1_000_000L;

    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final Shelf shelf = new Shelf(budget, new SegmentLimits(1900 * MILLI, 3, 1 << 20, 0));
    private long next;

    @AfterEach
    void nothingIsLeft() {
        shelf.clear();
        assertEquals(0, budget.usedBytes());
    }

    private void add(int count, long millis) {
        for (int i = 0; i < count; i++) {
            shelf.add(new Segment("s" + next, next++, millis * MILLI, 0, 0, millis < 1000, "toy", Unpooled.buffer(4).writeInt(1)));
        }
    }

    private List<Long> listed() {
        return shelf.listed().stream().map(Segment::sequence).toList();
    }

    private void assertFound(long sequence) {
        Segment found = shelf.find("s" + sequence);
        assertNotNull(found, () -> "segment " + sequence + " is gone");
        found.data().release();
    }

    @Test
    void segmentsOfFullLengthAreListedAsConfigured() {
        add(10, 2000);
        assertEquals(List.of(7L, 8L, 9L), listed());
    }

    @Test
    void shortSegmentsStayUntilThreeTargetDurationsAreListed() {
        add(3, 2000);
        add(8, 500); // six seconds are wanted, and eight halves are four
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), listed());
        add(4, 500);
        assertEquals(12, listed().size());
        add(3, 2000);
        assertEquals(List.of(15L, 16L, 17L), listed());
        assertFound(12);
    }

    @Test
    void oneLongSegmentMakesTheListLonger() {
        add(3, 2000);
        add(1, 4200); // rounds up to 5: fifteen seconds
        add(3, 2000);
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), listed());
    }

    @Test
    void discontinuitiesThatLeaveTheListAreCountedWithIt() {
        add(4, 500);
        assertEquals(0, shelf.discontinuities());
        add(3, 2000);
        assertEquals(List.of(4L, 5L, 6L), listed());
        assertEquals(4, shelf.discontinuities());
        shelf.clear();
        assertEquals(4, shelf.discontinuities());
    }

    @Test
    void fewBytesGoBeforeALongList() {
        shelf.limits(new SegmentLimits(1900 * MILLI, 3, 10, 0));
        add(10, 500);
        assertEquals(List.of(8L, 9L), listed());
        assertTrue(budget.usedBytes() <= 10);
        assertEquals(8, shelf.discontinuities());
    }
}
