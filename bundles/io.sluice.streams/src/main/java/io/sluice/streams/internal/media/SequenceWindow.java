package io.sluice.streams.internal.media;

import java.util.Arrays;

/** A queue whose elements are numbered without a gap, so that any of them is found by its number at once. One thread at a time. */
public final class SequenceWindow<T> {
    private Object[] slots = new Object[64];
    private long first;
    private long next;

    /** @param start the number of the first element to come */
    public SequenceWindow(long start) {
        first = start;
        next = start;
    }

    /** Number of the oldest element, or of the next one to come when there is none. */
    public long first() {
        return first;
    }

    /** Number that the next element will get. */
    public long next() {
        return next;
    }

    public boolean isEmpty() {
        return first == next;
    }

    public void add(T element) {
        if (next - first == slots.length) {
            grow();
        }
        slots[slot(next++)] = element;
    }

    /** Null when the number is not in the window. */
    @SuppressWarnings("unchecked")
    public T get(long sequence) {
        return sequence < first || sequence >= next ? null : (T) slots[slot(sequence)];
    }

    /** The newest element, or null. */
    public T last() {
        return get(next - 1);
    }

    public T removeFirst() {
        T element = get(first);
        slots[slot(first++)] = null;
        return element;
    }

    /** Numbers go on from here. Only when empty. */
    public void restart(long sequence) {
        if (!isEmpty()) {
            throw new IllegalStateException("the window still holds " + (next - first) + " elements");
        }
        first = sequence;
        next = sequence;
    }

    private int slot(long sequence) {
        return (int) (sequence & (slots.length - 1));
    }

    private void grow() {
        Object[] before = slots;
        slots = new Object[before.length * 2];
        for (long s = first; s < next; s++) {
            slots[slot(s)] = before[(int) (s & (before.length - 1))];
        }
        Arrays.fill(before, null);
    }
}
