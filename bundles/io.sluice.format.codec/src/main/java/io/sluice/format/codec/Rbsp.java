package io.sluice.format.codec;

import java.util.Arrays;

/** The raw bytes of a NAL unit: emulation prevention taken out (ITU-T H.264 section 7.4.1.1, H.265 section 7.4.2). */
final class Rbsp {
    private Rbsp() {
    }

    static byte[] of(byte[] nal) {
        byte[] out = new byte[nal.length];
        int n = 0;
        int zeros = 0;
        for (byte b : nal) {
            if (zeros >= 2 && b == 3) {
                zeros = 0;
                continue;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            out[n++] = b;
        }
        return Arrays.copyOf(out, n);
    }
}
