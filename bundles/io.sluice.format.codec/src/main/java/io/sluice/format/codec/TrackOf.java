package io.sluice.format.codec;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;

/** Makes tracks of decoder configurations: size, rate and channels are read from them. All refuse broken ones with IllegalArgumentException. */
public final class TrackOf {
    private TrackOf() {
    }

    /** @param avcC AVCDecoderConfigurationRecord; the track says 4-byte lengths, so frames with shorter ones are to be converted */
    public static Track avc(int id, byte[] avcC) {
        AvcConfiguration c = AvcConfiguration.parse(avcC);
        byte[] four = c.nalLengthSize() == 4 ? avcC : c.withFourByteLengths().bytes();
        return Track.video(id, Codec.H264, four, c.width(), c.height());
    }

    /** @param hvcC HEVCDecoderConfigurationRecord; the track says 4-byte lengths, so frames with shorter ones are to be converted */
    public static Track hevc(int id, byte[] hvcC) {
        HevcConfiguration c = HevcConfiguration.parse(hvcC);
        byte[] four = c.nalLengthSize() == 4 ? hvcC : c.withFourByteLengths().bytes();
        return Track.video(id, Codec.H265, four, c.width(), c.height());
    }

    /** @param asc AudioSpecificConfig; the track's rate and channels are those that are heard, SBR and PS included */
    public static Track aac(int id, byte[] asc) {
        AudioSpecificConfig c = AudioSpecificConfig.parse(asc);
        return Track.audio(id, Codec.AAC, asc, c.outputRate(), c.channels());
    }

    /** @param head RFC 7845 OpusHead, with or without its first eight bytes */
    public static Track opus(int id, byte[] head) {
        return Track.audio(id, Codec.OPUS, head, 48000, OpusHead.parse(head).channels());
    }

    /** @param av1C AV1CodecConfigurationRecord */
    public static Track av1(int id, byte[] av1C) {
        Av1Configuration c = Av1Configuration.parse(av1C);
        return Track.video(id, Codec.AV1, av1C, c.width(), c.height());
    }

    /** @param vpcC VPCodecConfigurationRecord; it has no size, so 0 where the container does not say it */
    public static Track vp9(int id, byte[] vpcC, int width, int height) {
        VpConfiguration.parse(vpcC);
        return Track.video(id, Codec.VP9, vpcC, width, height);
    }

    public static Track mp3(int id, int sampleRate, int channels) {
        return Track.audio(id, Codec.MP3, new byte[0], sampleRate, channels);
    }
}
