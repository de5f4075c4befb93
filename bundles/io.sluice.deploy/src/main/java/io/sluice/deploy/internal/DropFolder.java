package io.sluice.deploy.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at deploy/ and says which files have arrived (new or with other bytes, and no longer being written) and which are gone. One
 * thread only.
 */
final class DropFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
    /** Two looks see the same: a copy that stalls longer is caught by its missing zip directory. */
    private static final long SETTLE_NANOS = 200_000_000L;
    /** A jar whose directory is missing may still be on its way over a slow network; after this it is judged as it is. */
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    /** At boot a file this old is not being written. */
    private static final long OLD_MILLIS = 2_000;

    /** What tells one content of a file from another without reading it. */
    private record Stamp(long size, long modified, Object key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(a.size(), a.lastModifiedTime().toMillis(), a.fileKey());
        }
    }

    private static final class Seen {
        private Stamp stamp;
        private long sinceNanos;
        private boolean judged;
        private long missingNanos;
    }

    /**
     * @param arrived oldest first
     * @param removed file names
     */
    record Changes(List<Path> arrived, List<String> removed) {
    }

    private final Path folder;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new HashMap<>();
    private volatile boolean unsettled;
    private boolean unreadable;

    DropFolder(Path folder, LongSupplier nanos) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.nanos = nanos;
    }

    Path path() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Something is waiting to be looked at a second time. From any thread. */
    boolean unsettled() {
        return unsettled;
    }

    /** @param boot files that were there for a while count as settled at once */
    Changes look(boolean boot) {
        List<Path> files = list();
        if (files == null) {
            return new Changes(List.of(), List.of());
        }
        long now = nanos.getAsLong();
        unsettled = false;
        List<Path> arrived = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (Path file : files) {
            present.add(file.getFileName().toString());
            if (settled(file, now, boot)) {
                arrived.add(file);
            }
        }
        arrived.sort(Comparator.comparingLong(f -> seen.get(f.getFileName().toString()).stamp.modified()));
        return new Changes(arrived, removed(present, now));
    }

    /** Its bytes changed while they were read: judge it again. */
    boolean unchanged(Path file) {
        Seen s = seen.get(file.getFileName().toString());
        try {
            if (s != null && s.stamp.equals(Stamp.of(file))) {
                return true;
            }
        } catch (IOException e) {
            LOG.debug("{} vanished while it was read", file);
        }
        if (s != null) {
            s.judged = false;
        }
        return false;
    }

    private boolean settled(Path file, long now, boolean boot) {
        Seen s = seen.computeIfAbsent(file.getFileName().toString(), n -> new Seen());
        s.missingNanos = 0;
        try {
            Stamp stamp = Stamp.of(file);
            if (!stamp.equals(s.stamp)) {
                s.stamp = stamp;
                s.sinceNanos = now;
                s.judged = false;
            }
        } catch (IOException e) {
            return false;
        }
        if (s.judged) {
            return false;
        }
        long quiet = now - s.sinceNanos;
        boolean still = quiet >= SETTLE_NANOS || boot && System.currentTimeMillis() - s.stamp.modified() > OLD_MILLIS;
        s.judged = still && (Jar.whole(file) || quiet >= PATIENCE_NANOS);
        unsettled |= !s.judged;
        return s.judged;
    }

    private List<String> removed(Set<String> present, long now) {
        List<String> removed = new ArrayList<>();
        seen.forEach((name, s) -> {
            if (!present.contains(name)) {
                s.missingNanos = s.missingNanos == 0 ? now : s.missingNanos;
                if (now - s.missingNanos >= SETTLE_NANOS) {
                    removed.add(name);
                } else {
                    unsettled = true;
                }
            }
        });
        removed.forEach(seen::remove);
        return removed;
    }

    /** Null when the folder cannot be read: that says nothing of what is in it. */
    private List<Path> list() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> out = files.filter(DropFolder::eligible).toList();
            unreadable = false;
            return out;
        } catch (IOException | UncheckedIOException e) {
            if (!unreadable) {
                LOG.warn("{} cannot be read ({}): plugins stay as they are until it can", folder, e instanceof NoSuchFileException ? "it is gone" : e.toString());
            }
            unreadable = true;
            return null;
        }
    }

    private static boolean eligible(Path file) {
        String name = file.getFileName().toString();
        boolean aside = name.startsWith(".") || name.startsWith("README") || name.endsWith(".tmp") || name.endsWith(".part") || name.endsWith("~");
        return !aside && Files.isRegularFile(file);
    }
}
