package io.sluice.format.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * AVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 5.3.3.1. The arrays are not copied: treat them as read-only.
 *
 * @param nalLengthSize bytes of each length in frames that come with it: 1, 2 or 4 (3 is accepted)
 * @param sps           sequence parameter sets, NAL units with header
 * @param pps           picture parameter sets, NAL units with header
 */
public record AvcConfiguration(int profile, int compatibility, int level, int nalLengthSize, List<byte[]> sps, List<byte[]> pps) {
    private static final String WHAT = "an AVCDecoderConfigurationRecord";

    public AvcConfiguration {
        sps = List.copyOf(sps);
        pps = List.copyOf(pps);
    }

    /** @throws IllegalArgumentException where the bytes are no such record */
    public static AvcConfiguration parse(byte[] record) {
        ByteCursor in = new ByteCursor(record, WHAT);
        int version = in.u8();
        if (version != 1) {
            throw new IllegalArgumentException(WHAT + ": wanted version 1, found " + version);
        }
        int profile = in.u8();
        int compatibility = in.u8();
        int level = in.u8();
        int lengthSize = (in.u8() & 3) + 1;
        List<byte[]> sps = units(in, in.u8() & 31, 7);
        List<byte[]> pps = units(in, in.u8(), 8);
        return new AvcConfiguration(profile, compatibility, level, lengthSize, sps, pps);
    }

    /** The record of parameter sets found in a stream, with 4-byte lengths. */
    public static AvcConfiguration of(List<byte[]> sps, List<byte[]> pps) {
        if (sps.isEmpty() || pps.isEmpty()) {
            throw new IllegalArgumentException(WHAT + ": wanted an SPS and a PPS, found " + sps.size() + " and " + pps.size());
        }
        AvcSps first = AvcSps.parse(sps.get(0));
        return new AvcConfiguration(first.profile(), first.compatibility(), first.level(), 4, sps, pps);
    }

    private static List<byte[]> units(ByteCursor in, int count, int type) {
        List<byte[]> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] nal = in.bytes(in.u16());
            if (nal.length == 0 || (nal[0] & 0x1f) != type) {
                throw new IllegalArgumentException(WHAT + ": wanted a NAL unit of type " + type + ", found " + (nal.length == 0 ? "none" : nal[0] & 0x1f));
            }
            out.add(nal);
        }
        return out;
    }

    /** The same record with 4-byte lengths, the form of every frame in the core. */
    public AvcConfiguration withFourByteLengths() {
        return nalLengthSize == 4 ? this : new AvcConfiguration(profile, compatibility, level, 4, sps, pps);
    }

    /** The record's bytes, with the chroma extension that the High profiles have. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(profile);
        out.write(compatibility);
        out.write(level);
        out.write(0xfc | nalLengthSize - 1);
        write(out, 0xe0, sps);
        write(out, 0, pps);
        if (!sps.isEmpty() && (profile == 100 || profile == 110 || profile == 122 || profile == 144)) {
            AvcSps first = AvcSps.parse(sps.get(0));
            out.write(0xfc | first.chromaFormat());
            out.write(0xf8 | first.bitDepthLuma() - 8);
            out.write(0xf8 | first.bitDepthChroma() - 8);
            out.write(0);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, int mark, List<byte[]> units) {
        out.write(mark | units.size());
        for (byte[] nal : units) {
            out.write(nal.length >> 8);
            out.write(nal.length);
            out.writeBytes(nal);
        }
    }

    /** Pixels shown, 0 without an SPS. */
    public int width() {
        return sps.isEmpty() ? 0 : AvcSps.parse(sps.get(0)).width();
    }

    /** Pixels shown, 0 without an SPS. */
    public int height() {
        return sps.isEmpty() ? 0 : AvcSps.parse(sps.get(0)).height();
    }
}
