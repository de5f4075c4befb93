package io.sluice.format.codec;

import java.util.Arrays;

/**
 * What we need of an H.265 sequence parameter set (ITU-T H.265 section 7.3.2.2.1).
 *
 * @param general        the 12 bytes of general profile, tier, constraints and level
 * @param temporalLayers 1 to 7
 * @param nested         sps_temporal_id_nesting_flag
 * @param width          pixels shown, conformance window applied
 * @param height         pixels shown, conformance window applied
 */
record HevcSps(byte[] general, int temporalLayers, boolean nested, int chromaFormat, int bitDepthLuma, int bitDepthChroma, int width, int height) {
    private static final int GENERAL_AT = 3;
    private static final int GENERAL_BYTES = 12;
    /** Beyond level 6.2 (8444 luma samples a side is the root of 8 x MaxLumaPs); generous and still far from overflow. */
    private static final int MAX_SIDE = 65535;

    /** sps_seq_parameter_set_id. @param raw with the NAL unit's header */
    static int id(byte[] raw) {
        BitReader in = new BitReader(raw, Math.min(2, raw.length), raw.length, "an H.265 SPS");
        in.skip(4);
        int subLayers = in.bits(3);
        in.skip(1);
        skipProfileTierLevel(in, subLayers);
        return in.unsigned(15, "sps_seq_parameter_set_id");
    }

    /** @param nal with its two-byte header */
    static HevcSps parse(byte[] nal) {
        byte[] raw = Rbsp.of(nal);
        BitReader in = new BitReader(raw, 0, raw.length, "an H.265 SPS");
        int type = in.bits(16) >> 9 & 0x3f;
        if (type != 33) {
            throw new IllegalArgumentException("an H.265 SPS: wanted NAL unit type 33, found " + type);
        }
        in.skip(4);
        int subLayers = in.bits(3);
        boolean nested = in.flag();
        skipProfileTierLevel(in, subLayers);
        in.unsigned(15, "sps_seq_parameter_set_id");
        int chroma = in.unsigned(3, "chroma_format_idc");
        boolean separate = chroma == 3 && in.flag();
        int width = in.unsigned(MAX_SIDE, "pic_width_in_luma_samples");
        int height = in.unsigned(MAX_SIDE, "pic_height_in_luma_samples");
        int[] size = in.flag() ? cropped(in, separate ? 0 : chroma, width, height) : new int[] {width, height};
        int luma = 8 + in.unsigned(8, "bit_depth_luma_minus8");
        int chromaDepth = 8 + in.unsigned(8, "bit_depth_chroma_minus8");
        return new HevcSps(Arrays.copyOfRange(raw, GENERAL_AT, GENERAL_AT + GENERAL_BYTES), subLayers + 1, nested, chroma, luma, chromaDepth, size[0], size[1]);
    }

    private static int[] cropped(BitReader in, int chroma, int width, int height) {
        int stepX = chroma == 1 || chroma == 2 ? 2 : 1;
        int stepY = chroma == 1 ? 2 : 1;
        int cropX = stepX * (in.unsigned(width, "conf_win_left_offset") + in.unsigned(width, "conf_win_right_offset"));
        int cropY = stepY * (in.unsigned(height, "conf_win_top_offset") + in.unsigned(height, "conf_win_bottom_offset"));
        if (cropX >= width || cropY >= height) {
            throw new IllegalArgumentException("an H.265 SPS: wanted cropping within " + width + "x" + height + ", found " + cropX + "x" + cropY);
        }
        return new int[] {width - cropX, height - cropY};
    }

    /** Section 7.3.3. */
    private static void skipProfileTierLevel(BitReader in, int subLayers) {
        in.skip(88 + 8);
        int profiles = 0;
        int levels = 0;
        for (int i = 0; i < subLayers; i++) {
            profiles += in.bits(1);
            levels += in.bits(1);
        }
        if (subLayers > 0) {
            in.skip(2 * (8 - subLayers));
        }
        in.skip(profiles * 88 + levels * 8);
    }
}
