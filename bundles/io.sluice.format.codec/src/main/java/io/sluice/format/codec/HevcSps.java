package io.sluice.format.codec;

/**
 * The picture's size from an H.265 sequence parameter set (ITU-T H.265 section 7.3.2.2.1).
 *
 * @param width  pixels shown, conformance window applied
 * @param height pixels shown, conformance window applied
 */
record HevcSps(int width, int height) {
    /** Beyond level 6.2 (8444 luma samples a side is the root of 8 x MaxLumaPs); generous and still far from overflow. */
    private static final int MAX_SIDE = 65535;

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
        in.skip(1);
        skipProfileTierLevel(in, subLayers);
        in.unsigned(15, "sps_seq_parameter_set_id");
        int chroma = in.unsigned(3, "chroma_format_idc");
        boolean separate = chroma == 3 && in.flag();
        int width = in.unsigned(MAX_SIDE, "pic_width_in_luma_samples");
        int height = in.unsigned(MAX_SIDE, "pic_height_in_luma_samples");
        return in.flag() ? cropped(in, separate ? 0 : chroma, width, height) : new HevcSps(width, height);
    }

    private static HevcSps cropped(BitReader in, int chroma, int width, int height) {
        int stepX = chroma == 1 || chroma == 2 ? 2 : 1;
        int stepY = chroma == 1 ? 2 : 1;
        int cropX = stepX * (in.unsigned(width, "conf_win_left_offset") + in.unsigned(width, "conf_win_right_offset"));
        int cropY = stepY * (in.unsigned(height, "conf_win_top_offset") + in.unsigned(height, "conf_win_bottom_offset"));
        if (cropX >= width || cropY >= height) {
            throw new IllegalArgumentException("an H.265 SPS: wanted cropping within " + width + "x" + height + ", found " + cropX + "x" + cropY);
        }
        return new HevcSps(width - cropX, height - cropY);
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
