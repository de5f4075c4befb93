package io.sluice.format.container;

import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.matroska.MatroskaKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A kind of file, by the end of its name. Immutable. */
public interface ContainerFormat {
    /** Where a file that is there already ends, whole; and the container that goes on from there. */
    record Resumed(long position, Container container) {
    }

    /** Lower case, without a dot. */
    String extension();

    /** Those of these tracks that such a file carries, in order. */
    List<Track> carried(Tracks tracks);

    Container open();

    /** A playlist can name such files as segments. */
    default boolean segments() {
        return true;
    }

    /** Goes on with a file that is there. @return null where such a file cannot be gone on with */
    default Resumed resume(FileChannel file) throws IOException {
        return null;
    }

    /** {@link Container#polish} does something. */
    default boolean polishes() {
        return false;
    }

    /** Whether {@link #resume} can. */
    default boolean resumes() {
        return false;
    }

    /** @return empty where no file has this ending */
    static Optional<ContainerFormat> of(String extension) {
        return all().stream().filter(f -> f.extension().equals(extension)).findFirst();
    }

    static List<ContainerFormat> all() {
        return List.of(new TsFormat(), new FlvFormat(), new MatroskaFormat(MatroskaKind.MATROSKA), new MatroskaFormat(MatroskaKind.WEBM), new Mp4Format(), new AdtsFormat(), new WavFormat());
    }

    /** The first track of each kind, where it is one of those. */
    static List<Track> firsts(Tracks tracks, Predicate<Track> fits) {
        return List.of(MediaKind.VIDEO, MediaKind.AUDIO).stream().flatMap(kind -> tracks.list().stream().filter(t -> t.kind() == kind && fits.test(t)).limit(1)).toList();
    }
}
