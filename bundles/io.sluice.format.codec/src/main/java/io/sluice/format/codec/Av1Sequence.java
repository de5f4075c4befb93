package io.sluice.format.codec;

/** The largest picture of an AV1 sequence header, AV1 Bitstream and Decoding Process section 5.5.1. */
record Av1Sequence(int width, int height) {
    /** @param payload of the sequence header OBU, from a byte of the record on */
    static Av1Sequence parse(byte[] record, int from, int to) {
        BitReader in = new BitReader(record, from, to, "an AV1 sequence header");
        in.skip(3 + 1);
        if (in.flag()) {
            in.skip(5);
        } else {
            skipOperatingPoints(in);
        }
        int widthBits = in.bits(4) + 1;
        int heightBits = in.bits(4) + 1;
        return new Av1Sequence(in.bits(widthBits) + 1, in.bits(heightBits) + 1);
    }

    private static void skipOperatingPoints(BitReader in) {
        int delayBits = 0;
        if (in.flag()) {
            in.skip(64);
            if (in.flag()) {
                in.unsigned();
            }
            if (in.flag()) {
                delayBits = in.bits(5) + 1;
                in.skip(32 + 5 + 5);
            }
        }
        boolean displayDelay = in.flag();
        int points = in.bits(5) + 1;
        for (int i = 0; i < points; i++) {
            in.skip(12);
            if (in.bits(5) > 7) {
                in.skip(1);
            }
            if (delayBits > 0 && in.flag()) {
                in.skip(2 * delayBits + 1);
            }
            if (displayDelay && in.flag()) {
                in.skip(4);
            }
        }
    }
}
