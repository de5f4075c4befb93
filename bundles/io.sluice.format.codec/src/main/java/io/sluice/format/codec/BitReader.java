package io.sluice.format.codec;

/** Reads bits, most significant first, and the Exp-Golomb codes of ITU-T H.264 section 9.1. Bounded by its input. */
final class BitReader {
    private final byte[] data;
    private final int endBit;
    private final String what;
    private int bit;

    /** @param what is being read, for messages, such as "an H.264 SPS" */
    BitReader(byte[] data, int fromByte, int toByte, String what) {
        if (fromByte < 0 || toByte > data.length || fromByte > toByte) {
            throw new IllegalArgumentException(what + ": wanted bytes " + fromByte + " to " + toByte + ", found " + data.length);
        }
        this.data = data;
        this.bit = fromByte * 8;
        this.endBit = toByte * 8;
        this.what = what;
    }

    int left() {
        return endBit - bit;
    }

    boolean flag() {
        return bits(1) == 1;
    }

    /** Up to 32 bits; all 32 set come back as -1. */
    int bits(int count) {
        need(count);
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value = value << 1 | data[bit >> 3] >> 7 - (bit & 7) & 1;
        }
        return value;
    }

    void skip(int count) {
        need(count);
        bit += count;
    }

    /** ue(v), at most 2^31 - 2. */
    int unsigned() {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > 30) {
                throw new IllegalArgumentException(what + ": wanted an Exp-Golomb code of at most 30 leading zeros, found more at bit " + bit);
            }
        }
        return (1 << zeros) - 1 + bits(zeros);
    }

    /** ue(v) within 0 to max. */
    int unsigned(int max, String name) {
        int value = unsigned();
        if (value > max) {
            throw new IllegalArgumentException(what + ": wanted " + name + " of at most " + max + ", found " + value);
        }
        return value;
    }

    /** se(v). */
    int signed() {
        int code = unsigned();
        return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
    }

    private void need(int count) {
        if (count > left()) {
            throw new IllegalArgumentException(what + ": wanted " + count + " more bits, found " + left());
        }
    }
}
