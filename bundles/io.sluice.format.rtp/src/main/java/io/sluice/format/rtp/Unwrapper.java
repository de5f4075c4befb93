package io.sluice.format.rtp;

/** Makes numbers of 16 or 32 bits that wrap into numbers that do not: each is the one nearest to the one before. One thread. */
public final class Unwrapper {
    private final int bits;
    private long last;
    private boolean begun;

    private Unwrapper(int bits) {
        this.bits = bits;
    }

    /** For sequence numbers. */
    public static Unwrapper ofSequences() {
        return new Unwrapper(16);
    }

    /** For timestamps. */
    public static Unwrapper ofTimestamps() {
        return new Unwrapper(32);
    }

    /** The first number stays as it is; one before it comes back negative where it must. */
    public long unwrap(long wrapped) {
        last = begun ? nearest(wrapped) : wrapped;
        begun = true;
        return last;
    }

    /** As {@link #unwrap}, but later numbers are not measured against it. */
    public long peek(long wrapped) {
        return begun ? nearest(wrapped) : wrapped;
    }

    private long nearest(long wrapped) {
        int shift = Long.SIZE - bits;
        return last + (wrapped - last << shift >> shift);
    }
}
