package io.sluice.format.codec;

/**
 * VPCodecConfigurationRecord, VP Codec ISO Media File Format Binding; read with or without the box's version and flags.
 *
 * @param level    ten times the level's number
 * @param bitDepth 8, 10 or 12
 */
public record VpConfiguration(int profile, int level, int bitDepth) {
    private static final String WHAT = "a VPCodecConfigurationRecord";
    private static final int BOX_HEADER = 4;
    private static final int BYTES = 8;

    public static VpConfiguration parse(byte[] record) {
        ByteCursor in = new ByteCursor(record, WHAT);
        if (record.length >= BOX_HEADER + BYTES && record[0] == 1 && record[1] == 0 && record[2] == 0 && record[3] == 0) {
            in.bytes(BOX_HEADER);
        }
        int profile = in.u8();
        int level = in.u8();
        int depth = in.u8() >> 4;
        if (profile > 3 || depth != 8 && depth != 10 && depth != 12) {
            throw new IllegalArgumentException(WHAT + ": wanted profile 0 to 3 and 8, 10 or 12 bits, found profile " + profile + " and " + depth + " bits");
        }
        return new VpConfiguration(profile, level, depth);
    }

    /** The record of a key frame of VP9, with its colours unspecified, in the form of ISO's box: version and flags first. */
    static byte[] record(Vp9KeyFrame frame) {
        int level = level(frame.width() * frame.height());
        return new byte[] {1, 0, 0, 0, (byte) frame.profile(), (byte) level, (byte) (frame.bitDepth() << 4 | frame.chroma() << 1 | (frame.fullRange() ? 1 : 0)), 2, 2, 2, 0, 0};
    }

    /** The lowest level that has pictures of this size, by the table of the VP9 Bitstream specification's annex A; rates are not known. */
    private static int level(int pixels) {
        return pixels <= 36_864 ? 10 : pixels <= 73_728 ? 11 : pixels <= 122_880 ? 20 : pixels <= 245_760 ? 21 : pixels <= 552_960 ? 30 : pixels <= 983_040 ? 31
            : pixels <= 2_228_224 ? 40 : pixels <= 8_912_896 ? 50 : 60;
    }
}
