package io.sluice.source.file.internal;

import io.sluice.api.media.MediaKind;
import io.sluice.format.mp4.Mp4File;
import io.sluice.format.mp4.Mp4Sample;
import io.sluice.format.mp4.Mp4Track;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An MP4 file as media to play. */
final class Mp4Media {
    private Mp4Media() {
    }

    static MediaFile open(SeekableByteChannel channel) throws IOException {
        Mp4File file = Mp4File.open(channel);
        Map<Mp4Track, MediaTrack> tracks = new LinkedHashMap<>();
        file.tracks().forEach(t -> tracks.put(t, new MediaTrack(t.track(), t.nalLengthBytes())));
        return new MediaFile(channel, tracks.values().stream().toList(), () -> samples(file, tracks));
    }

    private static Iterator<MediaSample> samples(Mp4File file, Map<Mp4Track, MediaTrack> tracks) {
        Iterable<Mp4Sample> all = file::samples;
        Stream<MediaSample> kept = StreamSupport.stream(all.spliterator(), false).filter(Mp4Media::heard).map(s -> sample(s, tracks.get(s.track())));
        return kept.iterator();
    }

    /** An encoder's start-up, which an edit list cuts off, would overlap with the end of the round before. Pictures before zero may be needed to decode later ones. */
    private static boolean heard(Mp4Sample s) {
        return s.track().track().kind() != MediaKind.AUDIO || s.ptsNanos() + s.durationNanos() > 0;
    }

    private static MediaSample sample(Mp4Sample s, MediaTrack track) {
        return new MediaSample(track, s.dtsNanos(), s.ptsNanos(), s.durationNanos(), s.key(), s.offset(), s.size());
    }
}
