package io.sluice.target.file.internal.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The playlist of a recording, where one is wanted, and the files that it names. Blocks. */
final class SegmentList {
    private final RecordingOptions options;
    private final RecordingNames names;
    private final KeptFiles kept;
    private Playlist playlist;
    private boolean appended;

    SegmentList(RecordingOptions options, RecordingNames names, KeptFiles kept) {
        this.options = options;
        this.names = names;
        this.kept = kept;
    }

    /** Before the first file: what an earlier recording left is gone on with, or goes. */
    void begin() throws IOException {
        if (options.playlist().isEmpty()) {
            return;
        }
        playlist = new Playlist(names.playlist(), options.sliding());
        if (!Files.exists(playlist.file())) {
            return;
        }
        playlist.load();
        List<Segment> before = playlist.segments();
        if (options.append()) {
            appended = !before.isEmpty();
            names.after((int) playlist.count(), before.stream().map(Segment::file).collect(Collectors.toSet()));
            for (Segment s : before) {
                kept.adopt(s.file());
            }
        } else {
            playlist = new Playlist(playlist.file(), options.sliding());
            Files.delete(playlist.file());
            remove(before);
        }
        kept.file(playlist.file());
    }

    /** Or null. */
    Path playlist() {
        return playlist == null ? null : playlist.file();
    }

    /** The next segment follows those of an earlier recording. */
    boolean continues() {
        return appended;
    }

    /** A file is finished. */
    void add(Path file, FileTimes times, long endNanos) throws IOException {
        if (playlist == null) {
            return;
        }
        if (playlist.count() == 0) {
            kept.file(playlist.file());
        }
        playlist.add(new Segment(file, Math.max(1_000_000, endNanos - times.startNanos()), times.wallMillis(), times.discontinuity()));
        appended = false;
        List<Segment> gone = playlist.drop(options.maxEntries(), options.targetAgeNanos());
        playlist.write(false, options.syncNanos() > 0);
        remove(gone);
    }

    void end() throws IOException {
        if (playlist != null && playlist.count() > 0) {
            playlist.write(true, options.syncNanos() > 0);
        }
    }

    /** Only files that we wrote. */
    private void remove(List<Segment> gone) throws IOException {
        for (Segment segment : gone) {
            if (kept.isOurs(segment.file())) {
                Files.deleteIfExists(segment.file());
                kept.gone(segment.file());
            }
        }
    }
}
