package io.sluice.admin.player.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.StreamInfo;
import io.sluice.format.codec.AudioSpecificConfig;
import io.sluice.format.codec.TrackOf;
import java.util.HexFormat;
import java.util.List;

/** Streams to show. */
final class StreamFacts {
    static final long NOW = 1_700_000_000_000L;

    private StreamFacts() {
    }

    /** The demo clip's own configuration. */
    static Track picture() {
        byte[] avcC = HexFormat.of().parseHex("0164001fffe1001a6764001facd9405005bb0110000003001000000303c0f183196001"
            + "000668ebe172c8b0fdf8f800");
        return new Track(1, Codec.H264, avcC, 1280, 720, 0, 0, "");
    }

    static Track sound() {
        return TrackOf.aac(2, new AudioSpecificConfig(2, 48000, 2).bytes());
    }

    static StreamInfo offline(String name, String configuration) {
        return of(name, StreamInfo.State.OFFLINE, Tracks.NONE, configuration, 0, "");
    }

    static StreamInfo live(String name, long lastKeyMillis, Track... tracks) {
        return of(name, StreamInfo.State.LIVE, new Tracks(0, List.of(tracks)), "any", lastKeyMillis, "");
    }

    static StreamInfo of(String name, StreamInfo.State state, Tracks tracks, String configuration, long lastKeyMillis, String problem) {
        return new StreamInfo(name, state, tracks, configuration, "rtmp 203.0.113.9:5000", 3, NOW - 60_000, 1_000, 31_000, 2_500_000, 900, 0, lastKeyMillis, true,
            "", problem);
    }
}
