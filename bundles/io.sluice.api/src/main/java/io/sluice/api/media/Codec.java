package io.sluice.api.media;

/** The codecs that tracks can have. What a track's configuration bytes are is said at each. */
public enum Codec {
    /** ISO/IEC 14496-15 AVCDecoderConfigurationRecord; frames are length-prefixed NAL units (4-byte lengths). */
    H264(MediaKind.VIDEO, "H.264"),
    /** ISO/IEC 14496-15 HEVCDecoderConfigurationRecord; frames are length-prefixed NAL units (4-byte lengths). */
    H265(MediaKind.VIDEO, "H.265"),
    /** AV1CodecConfigurationRecord (av1C); frames are temporal units of low-overhead OBUs without temporal delimiters. */
    AV1(MediaKind.VIDEO, "AV1"),
    /** VPCodecConfigurationRecord (vpcC) or empty. */
    VP8(MediaKind.VIDEO, "VP8"),
    /** VPCodecConfigurationRecord (vpcC). */
    VP9(MediaKind.VIDEO, "VP9"),
    /** ISO/IEC 14496-3 AudioSpecificConfig; frames are raw AAC access units without ADTS. */
    AAC(MediaKind.AUDIO, "AAC"),
    /** RFC 7845 OpusHead without the magic's container; frames are Opus packets. */
    OPUS(MediaKind.AUDIO, "Opus"),
    /** No configuration; frames are whole MPEG audio frames. */
    MP3(MediaKind.AUDIO, "MP3"),
    /** No configuration; 8-bit samples. */
    ALAW(MediaKind.AUDIO, "A-law"),
    /** No configuration; 8-bit samples. */
    ULAW(MediaKind.AUDIO, "µ-law");

    private final MediaKind kind;
    private final String label;

    Codec(MediaKind kind, String label) {
        this.kind = kind;
        this.label = label;
    }

    public MediaKind kind() {
        return kind;
    }

    /** The name that people know it by. */
    public String label() {
        return label;
    }
}
