package io.sluice.protocol.webrtc.internal;

import java.security.SecureRandom;

/** Names that nobody guesses. */
final class Secrets {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();
    /** 95, 142 and 190 bits; RFC 8445 section 5.3 wants 24 and 128. */
    private static final int NAME = 16;
    private static final int PASSWORD = 24;
    private static final int SESSION = 32;

    private Secrets() {
    }

    static String iceName() {
        return text(NAME);
    }

    static String icePassword() {
        return text(PASSWORD);
    }

    static String session() {
        return text(SESSION);
    }

    /** Never 0. */
    static long ssrc() {
        return 1 + RANDOM.nextLong(0xFFFFFFFFL);
    }

    /** As RFC 3550 section 5.1 wants it to begin; so that it does not wrap at once. */
    static int sequence() {
        return RANDOM.nextInt(1 << 15);
    }

    static long number() {
        return RANDOM.nextLong() >>> 2;
    }

    private static String text(int letters) {
        StringBuilder out = new StringBuilder(letters);
        for (int i = 0; i < letters; i++) {
            out.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return out.toString();
    }
}
