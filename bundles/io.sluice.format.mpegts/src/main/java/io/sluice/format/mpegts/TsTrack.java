package io.sluice.format.mpegts;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.AdtsHeader;
import io.sluice.format.codec.AudioSpecificConfig;
import io.sluice.format.codec.AvcConfiguration;
import io.sluice.format.codec.HevcConfiguration;
import java.util.ArrayList;
import java.util.List;

/**
 * A track as a transport stream carries it.
 *
 * @param pid           where its packets go
 * @param streamType    ISO/IEC 13818-1 table 2-34
 * @param parameterSets NAL units that precede each key frame; empty for sound
 * @param aac           for ADTS headers, or null
 */
record TsTrack(Track track, int pid, int streamType, List<byte[]> parameterSets, AudioSpecificConfig aac) {
    static final int H264 = 0x1b;
    static final int H265 = 0x24;
    static final int AAC_ADTS = 0x0f;
    static final int MPEG1_AUDIO = 0x03;
    static final int MPEG2_AUDIO = 0x04;

    static TsTrack of(Track track, int pid) {
        return switch (track.codec()) {
            case H264 -> {
                AvcConfiguration c = AvcConfiguration.parse(track.configuration());
                yield new TsTrack(track, pid, H264, joined(List.of(c.sps(), c.pps())), null);
            }
            case H265 -> {
                HevcConfiguration c = HevcConfiguration.parse(track.configuration());
                yield new TsTrack(track, pid, H265, joined(List.of(c.vps(), c.sps(), c.pps())), null);
            }
            case AAC -> new TsTrack(track, pid, AAC_ADTS, List.of(), AudioSpecificConfig.parse(track.configuration()));
            // below 32 kHz it is MPEG-2 audio
            case MP3 -> new TsTrack(track, pid, track.sampleRate() > 0 && track.sampleRate() < 32000 ? MPEG2_AUDIO : MPEG1_AUDIO, List.of(), null);
            default -> throw new IllegalArgumentException(problem(track));
        };
    }

    /** Why a transport stream of ours cannot carry the track, or "". */
    static String problem(Track track) {
        try {
            return switch (track.codec()) {
                case H264, H265 -> of(track, 0).parameterSets.isEmpty() ? track.codec().label() + " without parameter sets cannot travel in MPEG-TS" : "";
                case MP3 -> "";
                case AAC -> AdtsHeader.problem(AudioSpecificConfig.parse(track.configuration()));
                case AV1, VP8, VP9 -> track.codec().label() + " video cannot travel in MPEG-TS";
                case OPUS, ALAW, ULAW -> track.codec().label() + " sound cannot travel in MPEG-TS";
            };
        } catch (IllegalArgumentException e) {
            return track.codec().label() + " cannot travel in MPEG-TS with a broken configuration: " + e.getMessage();
        }
    }

    private static List<byte[]> joined(List<List<byte[]>> lists) {
        List<byte[]> out = new ArrayList<>();
        lists.forEach(out::addAll);
        return List.copyOf(out);
    }

    boolean isVideo() {
        return streamType == H264 || streamType == H265;
    }

    /** How long one sound frame lasts, in nanoseconds; 0 where unknown. */
    long frameNanos() {
        if (aac != null) {
            return aac.frameNanos();
        }
        int samples = streamType == MPEG1_AUDIO ? 1152 : 576;
        return track.sampleRate() == 0 || track.codec() != Codec.MP3 ? 0 : samples * 1_000_000_000L / track.sampleRate();
    }
}
