package io.sluice.format.codec;

/**
 * AudioSpecificConfig, ISO/IEC 14496-3 section 1.6.2.1.
 *
 * @param objectType           of the core coder: 2 for AAC-LC, also under SBR and PS
 * @param sampleRate           of the core coder, Hz
 * @param channelConfiguration table 1.19: 1 to 7; 0 means "said in the stream"
 * @param samplesPerFrame      of the core coder: 1024 or 960
 * @param extension            5 where SBR was signalled, 29 where PS was, else 0
 * @param outputRate           Hz after SBR; the same as {@code sampleRate} without it
 */
public record AudioSpecificConfig(int objectType, int sampleRate, int channelConfiguration, int samplesPerFrame, int extension, int outputRate) {
    private static final String WHAT = "an AudioSpecificConfig";
    private static final int SBR = 5;
    private static final int PS = 29;
    private static final int SYNC_SBR = 0x2b7;
    private static final int SYNC_PS = 0x548;
    /** Highest rate of table 1.18; an escaped rate above twice that is nonsense. */
    private static final int MAX_RATE = 192000;

    /** Plain AAC of this object type: 1024 samples a frame, no SBR. */
    public AudioSpecificConfig(int objectType, int sampleRate, int channels) {
        this(objectType, sampleRate, channels == 8 ? 7 : channels, 1024, 0, sampleRate);
    }

    /** @throws IllegalArgumentException where the bytes are no such configuration */
    public static AudioSpecificConfig parse(byte[] config) {
        BitReader in = new BitReader(config, 0, config.length, WHAT);
        int type = objectType(in);
        int rate = rate(in);
        int channels = in.bits(4);
        if (channels > 7) {
            throw new IllegalArgumentException(WHAT + ": wanted a channel configuration of 0 to 7, found " + channels);
        }
        int extension = type == SBR || type == PS ? type : 0;
        int outputRate = rate;
        if (extension != 0) {
            outputRate = rate(in);
            type = objectType(in);
        }
        if (type < 1 || type > 4) {
            return new AudioSpecificConfig(type, rate, channels, 1024, extension, outputRate);
        }
        int samples = in.left() > 0 && in.flag() ? 960 : 1024;
        AudioSpecificConfig core = new AudioSpecificConfig(type, rate, channels, samples, extension, outputRate);
        return extension == 0 && channels != 0 ? backwardCompatible(in, core) : core;
    }

    private static AudioSpecificConfig backwardCompatible(BitReader in, AudioSpecificConfig core) {
        if (in.left() < 2) {
            return core;
        }
        if (in.flag() && in.left() > 14) {
            in.skip(14);
        }
        in.skip(1);
        if (in.left() < 16 || in.bits(11) != SYNC_SBR || objectType(in) != SBR || in.left() < 5 || !in.flag()) {
            return core;
        }
        int outputRate = rate(in);
        boolean ps = in.left() >= 12 && in.bits(11) == SYNC_PS && in.flag();
        return new AudioSpecificConfig(core.objectType, core.sampleRate, core.channelConfiguration, core.samplesPerFrame, ps ? PS : SBR, outputRate);
    }

    private static int objectType(BitReader in) {
        int type = in.bits(5);
        return type == 31 ? 32 + in.bits(6) : type;
    }

    private static int rate(BitReader in) {
        int index = in.bits(4);
        int rate = index == AacRates.ESCAPE ? in.bits(24) : AacRates.rate(index, WHAT);
        if (rate < 1 || rate > MAX_RATE) {
            throw new IllegalArgumentException(WHAT + ": wanted a sampling frequency of 1 to " + MAX_RATE + " Hz, found " + rate);
        }
        return rate;
    }

    /** Loudspeakers: 1 to 8, 2 for PS over one core channel, 0 where the stream itself says it. */
    public int channels() {
        if (extension == PS && channelConfiguration == 1) {
            return 2;
        }
        return channelConfiguration == 7 ? 8 : channelConfiguration;
    }

    /** Samples that a decoder with SBR puts out for each frame: 2048 or 1920 where the rate is doubled. */
    public int outputSamplesPerFrame() {
        return (int) ((long) samplesPerFrame * outputRate / sampleRate);
    }

    /** How long one frame sounds; the same with and without SBR. Rounded down: sum samples, not nanoseconds, over many frames. */
    public long frameNanos() {
        return samplesPerFrame * 1_000_000_000L / sampleRate;
    }

    /** The configuration's bytes; SBR and PS are signalled explicitly (hierarchically). */
    public byte[] bytes() {
        BitWriter out = new BitWriter();
        objectType(out, extension == 0 ? objectType : extension);
        rate(out, sampleRate);
        out.bits(channelConfiguration, 4);
        if (extension != 0) {
            rate(out, outputRate);
            objectType(out, objectType);
        }
        out.bits(samplesPerFrame == 960 ? 1 : 0, 1);
        out.bits(0, 2);
        return out.bytes();
    }

    private static void objectType(BitWriter out, int type) {
        if (type < 31) {
            out.bits(type, 5);
        } else {
            out.bits(31, 5);
            out.bits(type - 32, 6);
        }
    }

    private static void rate(BitWriter out, int rate) {
        int index = AacRates.index(rate);
        out.bits(index, 4);
        if (index == AacRates.ESCAPE) {
            out.bits(rate, 24);
        }
    }
}
