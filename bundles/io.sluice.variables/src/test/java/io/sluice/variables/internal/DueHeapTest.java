package io.sluice.variables.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DueHeapTest {
    @Test
    void givesTheEarliestFirstWhateverIsMovedAndTakenOut() {
        Random random = new Random(5);
        DueHeap<DueHeap.Entry> heap = new DueHeap<>();
        List<DueHeap.Entry> model = new ArrayList<>();
        // across the wrap of System.nanoTime
        long base = Long.MAX_VALUE - 500;
        for (int i = 0; i < 20_000; i++) {
            int what = random.nextInt(4);
            if (what < 2 || model.isEmpty()) {
                DueHeap.Entry entry = new DueHeap.Entry();
                heap.schedule(entry, base + random.nextInt(1000));
                model.add(entry);
            } else if (what == 2) {
                heap.schedule(model.get(random.nextInt(model.size())), base + random.nextInt(1000));
            } else {
                heap.remove(model.remove(random.nextInt(model.size())));
            }
        }
        model.sort(Comparator.comparingLong(e -> e.dueNanos() - base));
        for (DueHeap.Entry expected : model) {
            DueHeap.Entry first = heap.first();
            assertEquals(expected.dueNanos(), first.dueNanos());
            heap.remove(first);
            heap.remove(first);
        }
        assertNull(heap.first());
        DueHeap.Entry again = model.get(0);
        heap.schedule(again, 1);
        assertSame(again, heap.first());
    }
}
