package io.sluice.target.ts.internal;

/**
 * The matrix of SMPTE 2022-1, section 8.1: what receivers must take.
 *
 * @param columns packets in a row
 * @param rows    packets in a column
 */
record FecSize(int columns, int rows) {
    static final int LEAST = 4;
    static final int MOST = 20;
    private static final int MOST_PACKETS = 100;

    /** @throws IllegalArgumentException where receivers need not take it */
    FecSize {
        if (columns * rows > MOST_PACKETS) {
            throw new IllegalArgumentException("'columns' times 'rows' is " + columns * rows + ", wanted at most " + MOST_PACKETS);
        }
    }
}
