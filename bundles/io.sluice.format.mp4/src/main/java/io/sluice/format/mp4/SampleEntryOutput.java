package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.CodecString;
import io.sluice.format.codec.OpusHead;
import io.sluice.format.codec.VpConfiguration;

/** Writes what {@link SampleEntry} reads: a track's sample entry with its decoder configuration. */
final class SampleEntryOutput {
    private static final int DPI_72 = 0x480000;
    private static final int COMPRESSOR_NAME_BYTES = 32;
    private static final int DEPTH_COLOUR = 0x18;
    private static final int SAMPLE_BITS = 16;
    /** The field has 16 bits before the point. */
    private static final int MAX_RATE = 0xffff;

    private SampleEntryOutput() {
    }

    /** Why an MP4 file cannot carry the track, or "". */
    static String problem(Track track) {
        String name = track.codec().label();
        if (track.codec() == Codec.ALAW || track.codec() == Codec.ULAW) {
            return name + " sound cannot travel in MP4";
        }
        if (track.codec() == Codec.MP3 && (track.sampleRate() < 1 || track.channels() < 1)) {
            return name + " sound without a sample rate and channels cannot travel in MP4";
        }
        try {
            CodecString.of(track);
            if (track.codec() == Codec.OPUS) {
                OpusHead.parse(track.configuration());
            }
            return "";
        } catch (IllegalArgumentException broken) {
            return name + " has a configuration that no decoder takes: " + broken.getMessage();
        }
    }

    static void write(ByteBuf out, Track track) {
        byte[] configuration = track.configuration();
        switch (track.codec()) {
            case H264 -> video(out, track, "avc1", "avcC", configuration);
            case H265 -> video(out, track, "hvc1", "hvcC", configuration);
            case AV1 -> video(out, track, "av01", "av1C", configuration);
            case VP8 -> video(out, track, "vp08", "vpcC", vpcC(configuration));
            case VP9 -> video(out, track, "vp09", "vpcC", vpcC(configuration));
            case AAC -> audio(out, track, "mp4a", () -> Esds.write(out, Esds.AAC, configuration));
            case MP3 -> audio(out, track, "mp4a", () -> Esds.write(out, track.sampleRate() < 32_000 ? Esds.MP3_MPEG2 : Esds.MP3_MPEG1, configuration));
            case OPUS -> audio(out, track, "Opus", () -> BoxOutput.box(out, "dOps", () -> OpusBox.write(out, configuration)));
            default -> throw new IllegalArgumentException(problem(track));
        }
    }

    /** With version and flags, as VP Codec ISO Media File Format Binding section "vpcC" wants it; a track that says nothing is profile 0 of 8 bits. */
    private static byte[] vpcC(byte[] configuration) {
        if (configuration.length == 0) {
            return new byte[] {1, 0, 0, 0, 0, 10, (byte) 0x82, 2, 2, 2, 0, 0};
        }
        VpConfiguration.parse(configuration);
        boolean whole = configuration.length >= 12 && configuration[0] == 1 && (configuration[1] | configuration[2] | configuration[3]) == 0;
        byte[] out = new byte[configuration.length + (whole ? 0 : 4)];
        out[0] = 1;
        System.arraycopy(configuration, 0, out, out.length - configuration.length, configuration.length);
        return out;
    }

    /** VisualSampleEntry, ISO/IEC 14496-12 section 12.1.3. */
    private static void video(ByteBuf out, Track track, String type, String configurationType, byte[] configuration) {
        BoxOutput.box(out, type, () -> {
            out.writeZero(6).writeShort(1).writeZero(16);
            out.writeShort(track.width()).writeShort(track.height()).writeInt(DPI_72).writeInt(DPI_72).writeInt(0).writeShort(1);
            out.writeZero(COMPRESSOR_NAME_BYTES).writeShort(DEPTH_COLOUR).writeShort(-1);
            BoxOutput.box(out, configurationType, () -> out.writeBytes(configuration));
        });
    }

    /** AudioSampleEntry, ISO/IEC 14496-12 section 12.2.3. */
    private static void audio(ByteBuf out, Track track, String type, BoxOutput.Body configuration) {
        BoxOutput.box(out, type, () -> {
            out.writeZero(6).writeShort(1).writeZero(8);
            out.writeShort(Math.max(1, track.channels())).writeShort(SAMPLE_BITS).writeInt(0);
            out.writeInt((track.sampleRate() > MAX_RATE ? 0 : track.sampleRate()) << 16);
            configuration.write();
        });
    }
}
