package io.sluice.format.sdp;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.AvcConfiguration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Picks one of an offer's formats. */
public final class FormatChoice {
    /** What every encoder of H.264 in browsers makes. */
    private static final String BROWSERS_PROFILE = "42e01f";

    private FormatChoice() {
    }

    /**
     * For media that come in.
     *
     * @param wanted codecs in the server's order of preference, which decides
     */
    public static Optional<PayloadFormat> ingest(OfferedMedia media, List<Codec> wanted) {
        return wanted.stream().map(codec -> ingest(media, codec)).flatMap(Optional::stream).findFirst();
    }

    private static Optional<PayloadFormat> ingest(OfferedMedia media, Codec codec) {
        List<PayloadFormat> formats = media.formats().stream().filter(f -> codec(f) == codec).toList();
        return switch (codec) {
            case H264 -> formats.stream().filter(FormatChoice::split).min(Comparator.comparing(f -> !f.parameter("profile-level-id", "").equalsIgnoreCase(BROWSERS_PROFILE)));
            case VP9 -> formats.stream().filter(f -> f.parameter("profile-id", "0").equals("0")).findFirst();
            case AV1 -> formats.stream().filter(f -> f.parameter("profile", "0").equals("0")).findFirst();
            default -> formats.stream().findFirst();
        };
    }

    /** For a track that goes out. The closest profile where there are several; where none is enough the largest, as decoders take more than they promise. */
    public static Optional<PayloadFormat> play(OfferedMedia media, Track track) {
        List<PayloadFormat> formats = media.formats().stream().filter(f -> codec(f) == track.codec() && fits(f, track)).toList();
        return switch (track.codec()) {
            case H264 -> avc(formats.stream().filter(FormatChoice::split).toList(), profile(track));
            case VP9 -> byNumber(formats, "profile-id", track.configuration().length > 0 ? track.configuration()[0] : 0);
            case AV1 -> byNumber(formats, "profile", track.configuration().length > 1 ? track.configuration()[1] >> 5 & 7 : 0);
            default -> formats.stream().findFirst();
        };
    }

    private static boolean fits(PayloadFormat format, Track track) {
        return switch (track.codec()) {
            case ALAW, ULAW -> format.clockRate() == track.sampleRate() && format.channels() == Math.max(1, track.channels());
            default -> true;
        };
    }

    private static Optional<PayloadFormat> avc(List<PayloadFormat> formats, H264Profile wanted) {
        Comparator<PayloadFormat> smallest = Comparator.comparing(FormatChoice::profile);
        return formats.stream().filter(f -> profile(f).compareTo(wanted) >= 0).min(smallest).or(() -> formats.stream().max(smallest));
    }

    private static H264Profile profile(PayloadFormat format) {
        return H264Profile.parse(format.parameter("profile-level-id", ""));
    }

    private static H264Profile profile(Track track) {
        AvcConfiguration configuration = AvcConfiguration.parse(track.configuration());
        return H264Profile.of(configuration.profile(), configuration.compatibility());
    }

    private static Optional<PayloadFormat> byNumber(List<PayloadFormat> formats, String parameter, int profile) {
        return formats.stream().filter(f -> f.parameter(parameter, "0").equals(Integer.toString(profile))).findFirst();
    }

    /** Whether access units may be split over packets: packetization-mode 1. */
    private static boolean split(PayloadFormat format) {
        return format.parameter("packetization-mode", "0").equals("1");
    }

    /** The codec of a format; null for what is none, such as RTX, and for codecs that Sluice does not know. */
    public static Codec codec(PayloadFormat format) {
        return switch (format.encoding().toUpperCase(Locale.ROOT)) {
            case "H264" -> Codec.H264;
            case "H265" -> Codec.H265;
            case "VP8" -> Codec.VP8;
            case "VP9" -> Codec.VP9;
            case "AV1" -> Codec.AV1;
            case "OPUS" -> Codec.OPUS;
            case "PCMA" -> Codec.ALAW;
            case "PCMU" -> Codec.ULAW;
            default -> null;
        };
    }
}
