package io.sluice.format.codec;

/**
 * AV1CodecConfigurationRecord, AV1 Codec ISO Media File Format Binding section 2.3.
 *
 * @param level    seq_level_idx_0
 * @param highTier seq_tier_0
 * @param bitDepth 8, 10 or 12
 * @param width    of the sequence header among the record's OBUs, 0 without one
 * @param height   of the sequence header among the record's OBUs, 0 without one
 */
public record Av1Configuration(int profile, int level, boolean highTier, int bitDepth, boolean monochrome, int width, int height) {
    private static final String WHAT = "an AV1CodecConfigurationRecord";
    private static final int SEQUENCE_HEADER = 1;

    public static Av1Configuration parse(byte[] record) {
        BitReader in = new BitReader(record, 0, record.length, WHAT);
        int first = in.bits(8);
        if (first != 0x81) {
            throw new IllegalArgumentException(WHAT + ": wanted marker and version 81, found " + Integer.toHexString(first));
        }
        int profile = in.bits(3);
        int level = in.bits(5);
        boolean high = in.flag();
        boolean highBits = in.flag();
        boolean twelve = in.flag();
        boolean monochrome = in.flag();
        in.skip(4 + 8);
        Av1Sequence sequence = sequence(record);
        return new Av1Configuration(profile, level, high, twelve ? 12 : highBits ? 10 : 8, monochrome, sequence.width(), sequence.height());
    }

    private static Av1Sequence sequence(byte[] record) {
        int at = 4;
        while (at < record.length) {
            int header = record[at++];
            at += header >> 2 & 1;
            int size = record.length - at;
            if ((header & 2) != 0) {
                size = 0;
                int shift = 0;
                do {
                    if (at >= record.length || shift > 21) {
                        throw new IllegalArgumentException(WHAT + ": wanted an OBU size of at most 4 bytes, found more or the end");
                    }
                    size |= (record[at] & 0x7f) << shift;
                    shift += 7;
                } while ((record[at++] & 0x80) != 0);
            }
            if (size < 0 || at > record.length - size) {
                throw new IllegalArgumentException(WHAT + ": wanted an OBU of " + size + " bytes, found " + (record.length - at));
            }
            if ((header >> 3 & 15) == SEQUENCE_HEADER) {
                return Av1Sequence.parse(record, at, at + size);
            }
            at += size;
        }
        return new Av1Sequence(0, 0);
    }
}
