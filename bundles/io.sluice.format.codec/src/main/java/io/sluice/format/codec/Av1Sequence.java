package io.sluice.format.codec;

/**
 * What we need of an AV1 sequence header, AV1 Bitstream and Decoding Process sections 5.5.1 and 5.5.2.
 *
 * @param level          seq_level_idx_0
 * @param bitDepth       8, 10 or 12
 * @param subsampling    subsampling_x, subsampling_y and the two bits of chroma_sample_position
 * @param width          of the largest picture
 * @param height         of the largest picture
 */
record Av1Sequence(int profile, int level, boolean highTier, int bitDepth, boolean monochrome, int subsampling, int width, int height) {
    private static final int SUBSAMPLED = 12;
    private static final int SRGB = 1 << 16 | 13 << 8;

    /** @param record of which a part is the payload of the sequence header OBU */
    static Av1Sequence parse(byte[] record, int from, int to) {
        BitReader in = new BitReader(record, from, to, "an AV1 sequence header");
        int profile = in.bits(3);
        in.skip(1);
        boolean reduced = in.flag();
        int levelAndTier = reduced ? in.bits(5) : operatingPoints(in);
        int widthBits = in.bits(4) + 1;
        int heightBits = in.bits(4) + 1;
        int width = in.bits(widthBits) + 1;
        int height = in.bits(heightBits) + 1;
        skipTools(in, reduced);
        boolean high = in.flag();
        int depth = profile == 2 && high && in.flag() ? 12 : high ? 10 : 8;
        boolean monochrome = profile != 1 && in.flag();
        int colours = in.flag() ? in.bits(24) : 2 << 16 | 2 << 8 | 2;
        int subsampling = monochrome ? SUBSAMPLED : subsampling(in, profile, depth, colours);
        return new Av1Sequence(profile, levelAndTier & 31, levelAndTier > 31, depth, monochrome, subsampling, width, height);
    }

    /** The level of the first point, and 32 where its tier is high. */
    private static int operatingPoints(BitReader in) {
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
        int first = 0;
        for (int i = 0; i < points; i++) {
            in.skip(12);
            int level = in.bits(5);
            int tier = level > 7 ? in.bits(1) : 0;
            first = i == 0 ? level | tier << 5 : first;
            if (delayBits > 0 && in.flag()) {
                in.skip(2 * delayBits + 1);
            }
            if (displayDelay && in.flag()) {
                in.skip(4);
            }
        }
        return first;
    }

    private static void skipTools(BitReader in, boolean reduced) {
        if (!reduced && in.flag()) {
            in.skip(4 + 3);
        }
        in.skip(3);
        if (!reduced) {
            in.skip(4);
            boolean orderHint = in.flag();
            in.skip(orderHint ? 2 : 0);
            boolean screenContent = in.flag() || in.flag();
            if (screenContent && !in.flag()) {
                in.skip(1);
            }
            in.skip(orderHint ? 3 : 0);
        }
        in.skip(3);
    }

    private static int subsampling(BitReader in, int profile, int depth, int colours) {
        if (colours == SRGB) {
            return 0;
        }
        in.skip(1);
        int x = profile == 0 ? 1 : profile == 1 ? 0 : depth == 12 ? in.bits(1) : 1;
        int y = profile == 0 ? 1 : profile == 1 || depth != 12 || x == 0 ? 0 : in.bits(1);
        return x << 3 | y << 2 | (x == 1 && y == 1 ? in.bits(2) : 0);
    }
}
