package io.sluice.format.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * HEVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 8.3.3.1. The arrays are not copied: treat them as read-only.
 *
 * @param header the record's first 22 bytes: profile, tier, level, chroma, length size
 * @param vps    video parameter sets, NAL units with header
 * @param sps    sequence parameter sets
 * @param pps    picture parameter sets
 */
public record HevcConfiguration(byte[] header, List<byte[]> vps, List<byte[]> sps, List<byte[]> pps) {
    private static final String WHAT = "an HEVCDecoderConfigurationRecord";
    private static final int HEADER_BYTES = 22;

    public HevcConfiguration {
        vps = List.copyOf(vps);
        sps = List.copyOf(sps);
        pps = List.copyOf(pps);
    }

    /** @throws IllegalArgumentException where the bytes are no such record */
    public static HevcConfiguration parse(byte[] record) {
        ByteCursor in = new ByteCursor(record, WHAT);
        byte[] header = in.bytes(HEADER_BYTES);
        // some writers of early days left version 0
        if (header[0] != 1 && header[0] != 0) {
            throw new IllegalArgumentException(WHAT + ": wanted version 1, found " + header[0]);
        }
        List<byte[]> vps = new ArrayList<>();
        List<byte[]> sps = new ArrayList<>();
        List<byte[]> pps = new ArrayList<>();
        int arrays = in.u8();
        for (int i = 0; i < arrays; i++) {
            int type = in.u8() & 0x3f;
            int count = in.u16();
            for (int n = 0; n < count; n++) {
                byte[] nal = in.bytes(in.u16());
                switch (type) {
                    case 32 -> vps.add(checked(nal, type));
                    case 33 -> sps.add(checked(nal, type));
                    case 34 -> pps.add(checked(nal, type));
                    default -> { }
                }
            }
        }
        return new HevcConfiguration(header, vps, sps, pps);
    }

    /** The record of parameter sets found in a stream, with 4-byte lengths. */
    public static HevcConfiguration of(List<byte[]> vps, List<byte[]> sps, List<byte[]> pps) {
        if (vps.isEmpty() || sps.isEmpty() || pps.isEmpty()) {
            throw new IllegalArgumentException(WHAT + ": wanted a VPS, an SPS and a PPS, found " + vps.size() + ", " + sps.size() + " and " + pps.size());
        }
        HevcSps first = HevcSps.parse(sps.get(0));
        byte[] header = new byte[HEADER_BYTES];
        header[0] = 1;
        System.arraycopy(first.general(), 0, header, 1, first.general().length);
        header[13] = (byte) 0xf0;
        header[15] = (byte) 0xfc;
        header[16] = (byte) (0xfc | first.chromaFormat());
        header[17] = (byte) (0xf8 | first.bitDepthLuma() - 8);
        header[18] = (byte) (0xf8 | first.bitDepthChroma() - 8);
        header[21] = (byte) (first.temporalLayers() << 3 | (first.nested() ? 4 : 0) | 3);
        return new HevcConfiguration(header, vps, sps, pps);
    }

    private static byte[] checked(byte[] nal, int type) {
        if (nal.length < 2 || (nal[0] >> 1 & 0x3f) != type) {
            throw new IllegalArgumentException(WHAT + ": wanted a NAL unit of type " + type + ", found " + (nal.length < 2 ? "none" : nal[0] >> 1 & 0x3f));
        }
        return nal;
    }

    /** Bytes of each length in frames that come with it. */
    public int nalLengthSize() {
        return (header[21] & 3) + 1;
    }

    public int profileSpace() {
        return header[1] >> 6 & 3;
    }

    public boolean highTier() {
        return (header[1] >> 5 & 1) == 1;
    }

    public int profile() {
        return header[1] & 0x1f;
    }

    /** general_profile_compatibility_flags as they stand in the record. */
    public int compatibility() {
        return (header[2] & 0xff) << 24 | (header[3] & 0xff) << 16 | (header[4] & 0xff) << 8 | header[5] & 0xff;
    }

    /** The six general_constraint_indicator bytes. */
    public byte[] constraints() {
        return Arrays.copyOfRange(header, 6, 12);
    }

    /** 30 times the level's number. */
    public int level() {
        return header[12] & 0xff;
    }

    /** The same record with 4-byte lengths, the form of every frame in the core. */
    public HevcConfiguration withFourByteLengths() {
        byte[] four = header.clone();
        four[21] |= 3;
        return new HevcConfiguration(four, vps, sps, pps);
    }

    /** The record's bytes, each array marked complete. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.write(3);
        write(out, 32, vps);
        write(out, 33, sps);
        write(out, 34, pps);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, int type, List<byte[]> units) {
        out.write(0x80 | type);
        out.write(units.size() >> 8);
        out.write(units.size());
        for (byte[] nal : units) {
            out.write(nal.length >> 8);
            out.write(nal.length);
            out.writeBytes(nal);
        }
    }

    /** Pixels shown, 0 without an SPS. */
    public int width() {
        return sps.isEmpty() ? 0 : HevcSps.parse(sps.get(0)).width();
    }

    /** Pixels shown, 0 without an SPS. */
    public int height() {
        return sps.isEmpty() ? 0 : HevcSps.parse(sps.get(0)).height();
    }
}
