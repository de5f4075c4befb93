package io.sluice.format.codec;

/** Sampling frequencies by index, ISO/IEC 14496-3 table 1.18. */
final class AacRates {
    static final int ESCAPE = 15;

    private AacRates() {
    }

    static int rate(int index, String what) {
        return switch (index) {
            case 0 -> 96000;
            case 1 -> 88200;
            case 2 -> 64000;
            case 3 -> 48000;
            case 4 -> 44100;
            case 5 -> 32000;
            case 6 -> 24000;
            case 7 -> 22050;
            case 8 -> 16000;
            case 9 -> 12000;
            case 10 -> 11025;
            case 11 -> 8000;
            case 12 -> 7350;
            default -> throw new IllegalArgumentException(what + ": wanted a sampling frequency index of 0 to 12, found " + index);
        };
    }

    /** The index of a frequency, {@link #ESCAPE} where it has none. */
    static int index(int rate) {
        for (int i = 0; i <= 12; i++) {
            if (rate(i, "") == rate) {
                return i;
            }
        }
        return ESCAPE;
    }
}
