package io.sluice.format.flv;

import io.sluice.api.media.Codec;

/** The four characters by which Enhanced RTMP names codecs. */
public final class FourCc {
    private FourCc() {
    }

    /** The code as a big-endian number. */
    public static int of(String fourCc) {
        return fourCc.charAt(0) << 24 | fourCc.charAt(1) << 16 | fourCc.charAt(2) << 8 | fourCc.charAt(3);
    }

    public static String text(int fourCc) {
        return "" + (char) (fourCc >>> 24) + (char) (fourCc >> 16 & 0xFF) + (char) (fourCc >> 8 & 0xFF) + (char) (fourCc & 0xFF);
    }

    /** @return null for a codec that Sluice does not know */
    public static Codec codec(int fourCc) {
        return switch (text(fourCc)) {
            case "avc1" -> Codec.H264;
            case "hvc1" -> Codec.H265;
            case "av01" -> Codec.AV1;
            case "vp08" -> Codec.VP8;
            case "vp09" -> Codec.VP9;
            case "mp4a" -> Codec.AAC;
            case "Opus" -> Codec.OPUS;
            case ".mp3" -> Codec.MP3;
            default -> null;
        };
    }

    /** @throws IllegalArgumentException for a codec that has no code */
    public static int of(Codec codec) {
        return of(switch (codec) {
            case H264 -> "avc1";
            case H265 -> "hvc1";
            case AV1 -> "av01";
            case VP8 -> "vp08";
            case VP9 -> "vp09";
            case AAC -> "mp4a";
            case OPUS -> "Opus";
            case MP3 -> ".mp3";
            default -> throw new IllegalArgumentException(codec.label() + " has no FourCC in Enhanced RTMP");
        });
    }
}
