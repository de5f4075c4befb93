package io.sluice.api.media;

import java.util.List;
import java.util.Optional;

/**
 * The tracks of a stream from one moment to the next change. A change of tracks, of a configuration, or a break in the
 * timeline makes a new object, so whoever follows frames compares identity: {@code frame.tracks() != mine} means "read
 * the tracks again", and a different {@link #epoch} means that the timeline broke (a discontinuity).
 *
 * @param epoch counts the breaks in the stream's timeline, from 0
 * @param list  in order of id
 */
public record Tracks(int epoch, List<Track> list) {
    public static final Tracks NONE = new Tracks(0, List.of());

    public Tracks {
        list = List.copyOf(list);
    }

    /** The first track of a kind. */
    public Optional<Track> first(MediaKind kind) {
        return list.stream().filter(t -> t.kind() == kind).findFirst();
    }

    public Optional<Track> byId(int id) {
        return list.stream().filter(t -> t.id() == id).findFirst();
    }

    public boolean hasVideo() {
        return first(MediaKind.VIDEO).isPresent();
    }
}
