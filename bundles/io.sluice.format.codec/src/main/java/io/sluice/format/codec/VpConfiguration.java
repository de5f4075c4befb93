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
}
