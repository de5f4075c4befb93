package io.sluice.process.opus.internal;

/** @param bitsPerSecond of two channels  @param complexity 0 to 10 */
record OpusSettings(int bitsPerSecond, int complexity) {
    private static final int MIN_BITS = 6_000;
    private static final int MAX_BITS = 510_000;

    OpusSettings {
        bitsPerSecond = Math.max(MIN_BITS, Math.min(MAX_BITS, bitsPerSecond));
        complexity = Math.max(0, Math.min(10, complexity));
    }
}
