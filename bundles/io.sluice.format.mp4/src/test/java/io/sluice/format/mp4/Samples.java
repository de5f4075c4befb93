package io.sluice.format.mp4;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import java.util.HexFormat;
import java.util.List;

/** A track of each codec that an MP4 file can carry. */
final class Samples {
    static final Track H265 = TrackOf.hevc(3, hex("0101600000009000000000003ff000fcfdf8f800000f03a00001001840010c01ffff01600000030090000003000003003f959809a10001002c42010101600000030090000003000003003fa005120171"
        + "c9265959a4932bc05a020000030002000003003210a2000100074401c172b46240"));
    static final Track OPUS = TrackOf.opus(1, hex("4f707573486561640102380180bb0000000000"));

    static final List<Track> TRACKS = List.of(Take.VIDEO, H265, Take.AUDIO, language(TrackOf.mp3(4, 44100, 2), "de"), OPUS,
        TrackOf.av1(5, hex("81010c000a0b0000000cc5036936be4010")), TrackOf.vp9(6, hex("000a820202020000"), 320, 240),
        Track.video(7, Codec.VP8, hex("000a820202020000"), 320, 240));

    private Samples() {
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Track language(Track t, String language) {
        return new Track(t.id(), t.codec(), t.configuration(), t.width(), t.height(), t.sampleRate(), t.channels(), language);
    }
}
