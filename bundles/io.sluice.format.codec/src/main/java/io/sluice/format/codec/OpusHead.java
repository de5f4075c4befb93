package io.sluice.format.codec;

import java.nio.charset.StandardCharsets;

/**
 * The identification header of Opus, RFC 7845 section 5.1; little-endian. Read with or without the eight bytes "OpusHead".
 *
 * @param preSkip       samples at 48 kHz to throw away at the beginning
 * @param inputRate     Hz of the original, for information; Opus itself is always 48 kHz
 * @param outputGain    Q7.8 dB
 * @param mappingFamily 0: one or two channels, 1: Vorbis order, 255: undefined
 */
public record OpusHead(int channels, int preSkip, int inputRate, int outputGain, int mappingFamily) {
    private static final String MAGIC = "OpusHead";
    private static final String WHAT = "an OpusHead";

    public static OpusHead parse(byte[] head) {
        ByteCursor in = new ByteCursor(head, WHAT);
        if (head.length >= 8 && new String(head, 0, 8, StandardCharsets.US_ASCII).equals(MAGIC)) {
            in.bytes(8);
        }
        int version = in.u8();
        if (version >> 4 != 0) {
            throw new IllegalArgumentException(WHAT + ": wanted version 0 to 15, found " + version);
        }
        int channels = in.u8();
        int preSkip = in.u8() | in.u8() << 8;
        int rate = in.u8() | in.u8() << 8 | in.u8() << 16 | in.u8() << 24;
        int gain = (short) (in.u8() | in.u8() << 8);
        int family = in.u8();
        if (channels == 0 || family == 0 && channels > 2) {
            throw new IllegalArgumentException(WHAT + ": wanted 1 or 2 channels in mapping family 0, found " + channels + " in family " + family);
        }
        return new OpusHead(channels, preSkip, rate, gain, family);
    }
}
