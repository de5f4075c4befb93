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
        return new Av1Configuration(profile, level, high, twelve ? 12 : highBits ? 10 : 8, monochrome, sequence == null ? 0 : sequence.width(), sequence == null ? 0 : sequence.height());
    }

    /**
     * The record of a sequence header found in a stream.
     *
     * @param obu with its header and its size
     * @throws IllegalArgumentException where it is none
     */
    public static byte[] record(byte[] obu) {
        byte[] record = new byte[4 + obu.length];
        System.arraycopy(obu, 0, record, 4, obu.length);
        Av1Sequence s = sequence(record);
        if (s == null) {
            throw new IllegalArgumentException(WHAT + ": wanted a sequence header, found another OBU");
        }
        record[0] = (byte) 0x81;
        record[1] = (byte) (s.profile() << 5 | s.level());
        record[2] = (byte) ((s.highTier() ? 0x80 : 0) | (s.bitDepth() > 8 ? 0x40 : 0) | (s.bitDepth() == 12 ? 0x20 : 0) | (s.monochrome() ? 0x10 : 0) | s.subsampling());
        return record;
    }

    /** Of the first sequence header in the record; null without one. */
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
        return null;
    }
}
