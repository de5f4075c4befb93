package io.sluice.protocol.hls.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.mpegts.TsMuxer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which tracks of a stream travel in MPEG-TS.
 *
 * @param list    those that do
 * @param problem the others by name, or ""
 * @param refused all of them are left out, or the picture is: sound alone is not what anybody asked for
 */
record CarriedTracks(List<Track> list, String problem, boolean refused) {
    /** Pictures are taken as they are, or refused by name; of other sound what MPEG-TS carries is made, where there is a process for it. */
    static final Set<Codec> CODECS = Set.of(Codec.H264, Codec.H265, Codec.VP8, Codec.VP9, Codec.AV1, Codec.AAC, Codec.MP3);

    static CarriedTracks of(Tracks tracks) {
        List<Track> carried = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Track track : tracks.list()) {
            String problem = TsMuxer.problem(track);
            if (problem.isEmpty()) {
                carried.add(track);
            } else if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }
        boolean pictureLost = tracks.hasVideo() && carried.stream().noneMatch(t -> t.kind() == MediaKind.VIDEO);
        return new CarriedTracks(List.copyOf(carried), String.join("; ", problems), carried.isEmpty() || pictureLost);
    }

    /** Number of the track whose key frames begin segments, or -1 for sound alone. */
    int videoId() {
        return list.stream().filter(t -> t.kind() == MediaKind.VIDEO).map(Track::id).findFirst().orElse(-1);
    }

    boolean carries(int trackId) {
        return list.stream().anyMatch(t -> t.id() == trackId);
    }

    /** The same in every process for the same tracks on the same timeline. */
    String fingerprint(int epoch) {
        StringBuilder out = new StringBuilder().append(epoch);
        for (Track t : list) {
            out.append('/').append(t.id()).append(t.codec()).append(Integer.toHexString(Arrays.hashCode(t.configuration()))).append('.').append(t.sampleRate());
        }
        return out.toString();
    }
}
