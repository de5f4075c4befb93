package io.sluice.format.codec;

import java.io.ByteArrayOutputStream;

/** Writes bits, most significant first; the last byte is filled with zeros. */
final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int current;
    private int used;

    void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            current = current << 1 | value >> i & 1;
            if (++used == 8) {
                out.write(current);
                current = 0;
                used = 0;
            }
        }
    }

    byte[] bytes() {
        if (used > 0) {
            bits(0, 8 - used);
        }
        return out.toByteArray();
    }
}
