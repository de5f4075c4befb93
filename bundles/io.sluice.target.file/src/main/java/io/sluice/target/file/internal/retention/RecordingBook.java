package io.sluice.target.file.internal.retention;

import io.sluice.target.file.internal.recording.KeptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What was recorded, in all roots. Any thread; blocks. */
public final class RecordingBook {
    private final List<RecordingIndex> indexes = new ArrayList<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();

    /** @param roots as configured; those that are not there yet are fine */
    public RecordingBook(List<Path> roots) {
        roots.forEach(root -> indexes.add(new RecordingIndex(root)));
    }

    /**
     * A recording begins.
     *
     * @param group     those of one stream by one target are counted together
     * @param keepNanos rule of its own, 0 for none
     * @param keepCount rule of its own, 0 for none
     * @param over      called when it is over
     */
    public KeptFiles begin(String group, long keepNanos, int keepCount, Runnable over) {
        Page page = new Page(group, keepNanos / 1_000_000, keepCount, over);
        active.add(page.id);
        return page;
    }

    List<RecordingIndex> indexes() {
        return List.copyOf(indexes);
    }

    boolean isActive(IndexedRecording recording) {
        return active.contains(recording.id());
    }

    /** The root that a file lies in, and the file as seen from it: roots may be symbolic links. */
    private record Place(RecordingIndex index, Path file) {
    }

    private Place place(Path file) throws IOException {
        for (RecordingIndex index : indexes) {
            Path root = index.root();
            if (file.startsWith(root)) {
                return new Place(index, file);
            }
            if (Files.isDirectory(root) && file.startsWith(root.toRealPath())) {
                return new Place(index, root.resolve(root.toRealPath().relativize(file)));
            }
        }
        throw new IOException(file + " lies in no configured folder any more");
    }

    private final class Page implements KeptFiles {
        private final String id = UUID.randomUUID().toString();
        private final String group;
        private final long keepMillis;
        private final int keepCount;
        private final Runnable over;
        private final Set<RecordingIndex> begun = new HashSet<>();
        private final Set<Path> mine = new HashSet<>();

        private Page(String group, long keepMillis, int keepCount, Runnable over) {
            this.group = group;
            this.keepMillis = keepMillis;
            this.keepCount = keepCount;
            this.over = over;
        }

        @Override
        public void file(Path file) throws IOException {
            if (!mine.add(file)) {
                return;
            }
            Place place = place(file);
            if (begun.add(place.index())) {
                place.index().append("R", id, group, Long.toString(keepMillis), Integer.toString(keepCount));
            }
            place.index().append("F", id, place.index().relative(place.file()));
        }

        @Override
        public void adopt(Path file) throws IOException {
            if (isOurs(file)) {
                file(file);
            }
        }

        @Override
        public void gone(Path file) throws IOException {
            mine.remove(file);
            Place place = place(file);
            place.index().append("D", place.index().relative(place.file()));
        }

        @Override
        public boolean isOurs(Path file) {
            if (mine.contains(file)) {
                return true;
            }
            try {
                Place place = place(file);
                return place.index().load().stream().anyMatch(r -> r.files().contains(place.file()));
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void end() throws IOException {
            try {
                for (RecordingIndex index : begun) {
                    index.append("E", id, Long.toString(System.currentTimeMillis()));
                }
            } finally {
                active.remove(id);
                over.run();
            }
        }
    }
}
