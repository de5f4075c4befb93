package io.sluice.dtls.internal;

/** Which indices of one source have come, RFC 3711 section 3.3.2, kept as RFC 6479 says: a ring of words that moves with the highest index. */
final class ReplayWindow {
    /** Two seconds of a fast publisher; a repair comes later than that never. */
    private static final int WORDS = 16;
    static final int SIZE = (WORDS - 1) * 64;

    private final long[] words = new long[WORDS];
    private long highest = -1;

    /** -1 while nothing has come. */
    long highest() {
        return highest;
    }

    /** It is within or ahead of the window and has not come. Changes nothing: the packet may be a forgery. */
    boolean isNew(long index) {
        return index > highest || index > highest - SIZE && (words[word(index)] & 1L << index) == 0;
    }

    void add(long index) {
        for (long word = (highest >> 6) + 1; word <= index >> 6 && word <= (highest >> 6) + WORDS; word++) {
            words[(int) (word & WORDS - 1)] = 0;
        }
        if (index > highest) {
            if ((index >> 6) - (highest >> 6) >= WORDS) {
                java.util.Arrays.fill(words, 0);
            }
            highest = index;
        }
        words[word(index)] |= 1L << index;
    }

    private static int word(long index) {
        return (int) (index >> 6 & WORDS - 1);
    }
}
