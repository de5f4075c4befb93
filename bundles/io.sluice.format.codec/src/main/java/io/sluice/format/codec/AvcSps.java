package io.sluice.format.codec;

/**
 * What we need of an H.264 sequence parameter set (ITU-T H.264 section 7.3.2.1.1); the VUI is not read.
 *
 * @param width  pixels shown, cropping applied
 * @param height pixels shown, cropping applied
 */
record AvcSps(int profile, int compatibility, int level, int chromaFormat, int bitDepthLuma, int bitDepthChroma, int width, int height) {
    /** 16384 macroblocks: four times what level 6.2 allows in one direction. */
    private static final int MAX_MACROBLOCKS = 16384;

    /** @param nal with its one-byte header */
    static AvcSps parse(byte[] nal) {
        byte[] raw = Rbsp.of(nal);
        BitReader in = new BitReader(raw, 0, raw.length, "an H.264 SPS");
        int type = in.bits(8) & 0x1f;
        if (type != 7) {
            throw new IllegalArgumentException("an H.264 SPS: wanted NAL unit type 7, found " + type);
        }
        int profile = in.bits(8);
        int compatibility = in.bits(8);
        int level = in.bits(8);
        in.unsigned(31, "seq_parameter_set_id");
        int chroma = 1;
        int luma = 8;
        int chromaDepth = 8;
        boolean separate = false;
        if (hasChroma(profile)) {
            chroma = in.unsigned(3, "chroma_format_idc");
            separate = chroma == 3 && in.flag();
            luma = 8 + in.unsigned(6, "bit_depth_luma_minus8");
            chromaDepth = 8 + in.unsigned(6, "bit_depth_chroma_minus8");
            in.skip(1);
            skipScalingMatrix(in, chroma);
        }
        skipOrder(in);
        int[] size = size(in, separate ? 0 : chroma);
        return new AvcSps(profile, compatibility, level, chroma, luma, chromaDepth, size[0], size[1]);
    }

    /** Profiles that say their chroma format and bit depth. */
    static boolean hasChroma(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void skipScalingMatrix(BitReader in, int chroma) {
        if (!in.flag()) {
            return;
        }
        for (int i = 0; i < (chroma == 3 ? 12 : 8); i++) {
            if (in.flag()) {
                skipScalingList(in, i < 6 ? 16 : 64);
            }
        }
    }

    private static void skipScalingList(BitReader in, int count) {
        int next = 8;
        for (int j = 0; j < count && next != 0; j++) {
            next = next + in.signed() & 0xff;
        }
    }

    private static void skipOrder(BitReader in) {
        in.unsigned(12, "log2_max_frame_num_minus4");
        int type = in.unsigned(2, "pic_order_cnt_type");
        if (type == 0) {
            in.unsigned(12, "log2_max_pic_order_cnt_lsb_minus4");
        } else if (type == 1) {
            in.skip(1);
            in.signed();
            in.signed();
            int cycle = in.unsigned(255, "num_ref_frames_in_pic_order_cnt_cycle");
            for (int i = 0; i < cycle; i++) {
                in.signed();
            }
        }
        in.unsigned(16, "max_num_ref_frames");
        in.skip(1);
    }

    private static int[] size(BitReader in, int chroma) {
        int width = 16 * (1 + in.unsigned(MAX_MACROBLOCKS, "pic_width_in_mbs_minus1"));
        int units = 1 + in.unsigned(MAX_MACROBLOCKS, "pic_height_in_map_units_minus1");
        int fields = in.flag() ? 1 : 2;
        if (fields == 2) {
            in.skip(1);
        }
        in.skip(1);
        int height = 16 * units * fields;
        if (!in.flag()) {
            return new int[] {width, height};
        }
        int stepX = chroma == 1 || chroma == 2 ? 2 : 1;
        int stepY = (chroma == 1 ? 2 : 1) * fields;
        int cropX = stepX * (in.unsigned(width, "frame_crop_left_offset") + in.unsigned(width, "frame_crop_right_offset"));
        int cropY = stepY * (in.unsigned(height, "frame_crop_top_offset") + in.unsigned(height, "frame_crop_bottom_offset"));
        if (cropX >= width || cropY >= height) {
            throw new IllegalArgumentException("an H.264 SPS: wanted cropping within " + width + "x" + height + ", found " + cropX + "x" + cropY);
        }
        return new int[] {width - cropX, height - cropY};
    }
}
