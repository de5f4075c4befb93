package io.sluice.format.codec;

import io.netty.buffer.ByteBuf;

/**
 * The header in front of each AAC frame of an ADTS stream, ISO/IEC 14496-3 section 1.A.2.2.
 *
 * <pre>
 * syncword 12 | ID 1 | layer 2 | protection_absent 1 | profile 2 | sampling_frequency_index 4 | private 1 | channel_configuration 3 |
 * original 1 | home 1 | copyright 2 | frame_length 13 | buffer_fullness 11 | raw_data_blocks 2 [| crc 16]
 * </pre>
 *
 * @param objectType           1 to 4
 * @param sampleRate           of the core coder, Hz
 * @param channelConfiguration 0 to 7
 * @param headerBytes          7, or 9 with a checksum
 * @param frameBytes           header and payload
 */
public record AdtsHeader(int objectType, int sampleRate, int channelConfiguration, int headerBytes, int frameBytes) {
    /** Length of the header that {@link #write} makes. */
    public static final int BYTES = 7;
    private static final int MAX_FRAME_BYTES = (1 << 13) - 1;
    private static final String WHAT = "an ADTS header";

    /** Why frames of this configuration cannot be put into ADTS, or "". */
    public static String problem(AudioSpecificConfig config) {
        if (config.objectType() < 1 || config.objectType() > 4) {
            return "AAC object type " + config.objectType() + " has no ADTS form";
        }
        return AacRates.index(config.sampleRate()) == AacRates.ESCAPE ? "AAC at " + config.sampleRate() + " Hz has no ADTS form" : "";
    }

    /** Appends the header of a frame with so many payload bytes. */
    public static void write(ByteBuf out, AudioSpecificConfig config, int payloadBytes) {
        int frame = payloadBytes + BYTES;
        if (frame > MAX_FRAME_BYTES || !problem(config).isEmpty()) {
            throw new IllegalArgumentException(WHAT + ": wanted AAC of at most " + MAX_FRAME_BYTES + " bytes a frame, found " + frame + " " + problem(config));
        }
        out.writeShort(0xfff1);
        int channels = config.channelConfiguration();
        out.writeByte(config.objectType() - 1 << 6 | AacRates.index(config.sampleRate()) << 2 | channels >> 2);
        out.writeByte((channels & 3) << 6 | frame >> 11);
        out.writeByte(frame >> 3);
        out.writeByte((frame & 7) << 5 | 0x1f);
        out.writeByte(0xfc);
    }

    /** Reads the header at the reader index without moving it. */
    public static AdtsHeader parse(ByteBuf in) {
        if (in.readableBytes() < BYTES) {
            throw new IllegalArgumentException(WHAT + ": wanted " + BYTES + " bytes, found " + in.readableBytes());
        }
        int at = in.readerIndex();
        int first = in.getUnsignedShort(at);
        if ((first & 0xfff6) != 0xfff0) {
            throw new IllegalArgumentException(WHAT + ": wanted the syncword fff, found " + Integer.toHexString(first));
        }
        int second = in.getUnsignedShort(at + 2);
        int frame = (second & 3) << 11 | in.getUnsignedByte(at + 4) << 3 | in.getUnsignedByte(at + 5) >> 5;
        int header = (first & 1) == 1 ? 7 : 9;
        if (frame < header) {
            throw new IllegalArgumentException(WHAT + ": wanted a frame of at least " + header + " bytes, found " + frame);
        }
        return new AdtsHeader((second >> 14) + 1, AacRates.rate(second >> 10 & 15, WHAT), second >> 6 & 7, header, frame);
    }

    /** The configuration that a decoder of raw frames needs. */
    public AudioSpecificConfig config() {
        return new AudioSpecificConfig(objectType, sampleRate, channelConfiguration, 1024, 0, sampleRate);
    }
}
