package io.sluice.format.codec;

import io.sluice.api.media.Track;
import java.util.Locale;

/** The name of a track's codec for CODECS attributes and MIME types: RFC 6381, ISO/IEC 14496-15 Annex E, and the AV1 and VP bindings. */
public final class CodecString {
    private CodecString() {
    }

    /** Such as "avc1.64001f"; "" for what has no such name. @throws IllegalArgumentException where the track's configuration is broken */
    public static String of(Track track) {
        return switch (track.codec()) {
            case H264 -> avc(AvcConfiguration.parse(track.configuration()));
            case H265 -> hevc(HevcConfiguration.parse(track.configuration()));
            case AV1 -> av1(Av1Configuration.parse(track.configuration()));
            case VP8 -> "vp8";
            case VP9 -> vp9(track.configuration());
            case AAC -> aac(AudioSpecificConfig.parse(track.configuration()));
            case OPUS -> "opus";
            case MP3 -> "mp4a.40.34";
            case ALAW, ULAW -> "";
        };
    }

    private static String avc(AvcConfiguration c) {
        return String.format(Locale.ROOT, "avc1.%02x%02x%02x", c.profile(), c.compatibility(), c.level());
    }

    private static String hevc(HevcConfiguration c) {
        StringBuilder out = new StringBuilder("hvc1.");
        if (c.profileSpace() > 0) {
            out.append((char) ('A' + c.profileSpace() - 1));
        }
        out.append(c.profile()).append('.').append(Integer.toHexString(Integer.reverse(c.compatibility())));
        out.append('.').append(c.highTier() ? 'H' : 'L').append(c.level());
        byte[] constraints = c.constraints();
        int last = constraints.length;
        while (last > 0 && constraints[last - 1] == 0) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            out.append('.').append(Integer.toHexString(constraints[i] & 0xff));
        }
        return out.toString();
    }

    private static String av1(Av1Configuration c) {
        return String.format(Locale.ROOT, "av01.%d.%02d%s.%02d", c.profile(), c.level(), c.highTier() ? "H" : "M", c.bitDepth());
    }

    private static String vp9(byte[] configuration) {
        VpConfiguration c = configuration.length == 0 ? new VpConfiguration(0, 10, 8) : VpConfiguration.parse(configuration);
        return String.format(Locale.ROOT, "vp09.%02d.%02d.%02d", c.profile(), c.level(), c.bitDepth());
    }

    private static String aac(AudioSpecificConfig c) {
        return "mp4a.40." + (c.extension() == 0 ? c.objectType() : c.extension());
    }
}
