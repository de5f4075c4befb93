package io.sluice.variables.internal.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.variable.VariableChange;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    private void add(int from, int to, int length, History.Limits limits) {
        for (int i = from; i < to; i++) {
            history.add(new VariableChange("v", "", "x".repeat(length), i * 1000L), limits);
        }
    }

    @Test
    void keepsSoManyEntries() {
        add(0, 5000, 5, new History.Limits(1000, Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals(1000, history.all().size());
        assertEquals(4_000_000, history.all().get(0).atMillis());
    }

    @Test
    void keepsNothingOlder() {
        add(0, 100, 5, new History.Limits(1000, 10_000, Long.MAX_VALUE));
        assertEquals(11, history.all().size());
    }

    @Test
    void keepsSoManyBytesAndTheNewestInAnyCase() {
        add(0, 100, 50, new History.Limits(1000, Long.MAX_VALUE, 1640));
        assertEquals(10, history.all().size());
        add(100, 101, 60_000, new History.Limits(1000, Long.MAX_VALUE, 1640));
        assertEquals(1, history.all().size());
    }

    @Test
    void aSpanIsInclusive() {
        add(0, 10, 1, new History.Limits(1000, Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals(3, history.between(2000, 4000).size());
    }
}
