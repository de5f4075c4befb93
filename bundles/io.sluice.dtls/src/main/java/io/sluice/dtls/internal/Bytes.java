package io.sluice.dtls.internal;

/** Numbers in byte arrays, big endian. */
final class Bytes {
    private Bytes() {
    }

    static int u16(byte[] b, int at) {
        return (b[at] & 255) << 8 | b[at + 1] & 255;
    }

    static int i32(byte[] b, int at) {
        return u16(b, at) << 16 | u16(b, at + 2);
    }

    static void i32(byte[] b, int at, int value) {
        for (int i = 0; i < 4; i++) {
            b[at + i] = (byte) (value >> 24 - 8 * i);
        }
    }

    /** XORs the low bytes of a number. */
    static void xor(byte[] b, int at, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            b[at + i] ^= (byte) (value >> 8 * (bytes - 1 - i));
        }
    }
}
