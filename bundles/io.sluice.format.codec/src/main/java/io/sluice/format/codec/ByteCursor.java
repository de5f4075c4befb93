package io.sluice.format.codec;

import java.util.Arrays;

/** Reads a configuration record byte by byte; bounded by its input. */
final class ByteCursor {
    private final byte[] data;
    private final String what;
    private int at;

    ByteCursor(byte[] data, String what) {
        this.data = data;
        this.what = what;
    }

    int left() {
        return data.length - at;
    }

    int u8() {
        need(1);
        return data[at++] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    byte[] bytes(int count) {
        need(count);
        at += count;
        return Arrays.copyOfRange(data, at - count, at);
    }

    private void need(int count) {
        if (count > left()) {
            throw new IllegalArgumentException(what + ": wanted " + count + " more bytes at " + at + ", found " + left());
        }
    }
}
