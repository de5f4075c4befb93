package io.sluice.variables.internal;

import java.util.Arrays;

/** What is due when, the earliest first: a binary heap whose entries know their place, so that one can be moved or taken out. One thread. */
final class DueHeap<T extends DueHeap.Entry> {
    /** Times are compared by their difference, as System.nanoTime wants it. */
    static class Entry {
        private long dueNanos;
        private int place = -1;

        final long dueNanos() {
            return dueNanos;
        }

        final boolean scheduled() {
            return place >= 0;
        }
    }

    private Entry[] heap = new Entry[64];
    private int size;

    @SuppressWarnings("unchecked")
    T first() {
        return size == 0 ? null : (T) heap[0];
    }

    /** Puts it in, or moves it. */
    void schedule(T entry, long dueNanos) {
        Entry e = entry;
        e.dueNanos = dueNanos;
        if (e.place < 0) {
            heap = size == heap.length ? Arrays.copyOf(heap, 2 * size) : heap;
            put(e, size++);
        }
        settle(e);
    }

    void remove(T entry) {
        Entry e = entry;
        int hole = e.place;
        if (hole < 0) {
            return;
        }
        e.place = -1;
        Entry last = heap[--size];
        heap[size] = null;
        if (last != e) {
            put(last, hole);
            settle(last);
        }
    }

    private void settle(Entry e) {
        up(e);
        down(e);
    }

    private void up(Entry e) {
        int i = e.place;
        while (i > 0 && before(e, heap[(i - 1) / 2])) {
            put(heap[(i - 1) / 2], i);
            i = (i - 1) / 2;
        }
        put(e, i);
    }

    private void down(Entry e) {
        int i = e.place;
        for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
            int earlier = child + 1 < size && before(heap[child + 1], heap[child]) ? child + 1 : child;
            if (!before(heap[earlier], e)) {
                break;
            }
            put(heap[earlier], i);
            i = earlier;
        }
        put(e, i);
    }

    private void put(Entry e, int i) {
        heap[i] = e;
        e.place = i;
    }

    private static boolean before(Entry a, Entry b) {
        return a.dueNanos - b.dueNanos < 0;
    }
}
