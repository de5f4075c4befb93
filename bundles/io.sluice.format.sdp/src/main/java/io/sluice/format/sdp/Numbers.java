package io.sluice.format.sdp;

/** Decimal numbers without a sign. */
final class Numbers {
    /** Of 2^32 - 1. */
    private static final int MAX_DIGITS = 10;

    private Numbers() {
    }

    static int within(int line, String what, String text, int min, int max) {
        long value = unsigned(line, what, text);
        if (value < min || value > max) {
            throw new SdpException(line, "wanted " + what + " from " + min + " to " + max + ", found " + value);
        }
        return (int) value;
    }

    /** Up to 2^32 - 1. */
    static long unsigned(int line, String what, String text) {
        long value = 0;
        boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
        for (int i = 0; i < text.length() && digits; i++) {
            char c = text.charAt(i);
            digits = c >= '0' && c <= '9';
            value = value * 10 + c - '0';
        }
        if (!digits || value > 0xffffffffL) {
            throw new SdpException(line, "wanted " + what + ", found " + SdpException.shown(text));
        }
        return value;
    }
}
