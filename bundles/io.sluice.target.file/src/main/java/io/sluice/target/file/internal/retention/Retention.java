package io.sluice.target.file.internal.retention;

import io.sluice.format.mp4.Mp4Finish;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes recordings whose time is over: whole ones, never one that is being written, and only files that are in the index and were not changed since. One thread at a time; blocks.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    /** File systems count time in steps of up to two seconds, and the index is written after the file. */
    private static final long CHANGED_MILLIS = 5_000;

    private final RecordingBook book;
    private final RetentionRules rules;
    private final InstantSource clock;
    private final ToLongFunction<Path> free;

    /** @param free bytes that are free where a root lies; Long.MAX_VALUE where that is not known */
    public Retention(RecordingBook book, RetentionRules rules, InstantSource clock, ToLongFunction<Path> free) {
        this.book = book;
        this.rules = rules;
        this.clock = clock;
        this.free = free;
    }

    private record Over(IndexedRecording recording, long endedMillis) {
    }

    /** @return recordings that were deleted */
    public int run() {
        int deleted = 0;
        for (RecordingIndex index : book.indexes()) {
            try {
                deleted += run(index);
            } catch (IOException | RuntimeException e) {
                LOG.warn("recordings in {}: old ones cannot be looked for", index.root(), e);
            }
        }
        return deleted;
    }

    private int run(RecordingIndex index) throws IOException {
        List<Over> over = new ArrayList<>();
        for (IndexedRecording recording : index.load()) {
            long ended = endedMillis(recording);
            if (ended > 0) {
                over.add(new Over(recording, ended));
            }
        }
        over.sort(Comparator.comparingLong(Over::endedMillis));
        int before = over.size();
        byAge(index, over);
        byCount(index, over);
        byFreeSpace(index, over);
        return before - over.size();
    }

    private void byAge(RecordingIndex index, List<Over> over) {
        over.removeIf(o -> {
            long own = o.recording.keepMillis();
            long limit = own > 0 && rules.maxAgeMillis() > 0 ? Math.min(own, rules.maxAgeMillis()) : Math.max(own, rules.maxAgeMillis());
            long age = clock.millis() - o.endedMillis;
            return limit > 0 && age > limit && delete(index, o, "it ended " + age / 1000 + " s ago, kept for " + limit / 1000 + " s");
        });
    }

    private void byCount(RecordingIndex index, List<Over> over) {
        Map<String, Integer> left = new HashMap<>();
        over.forEach(o -> left.merge(o.recording.group(), 1, Integer::sum));
        over.removeIf(o -> {
            int own = o.recording.keepCount();
            boolean goes = own > 0 && left.get(o.recording.group()) > own && delete(index, o, "the newest " + own + " of its push are kept");
            left.merge(o.recording.group(), goes ? -1 : 0, Integer::sum);
            return goes;
        });
        int[] all = {over.size()};
        over.removeIf(o -> {
            boolean goes = rules.maxCount() > 0 && all[0] > rules.maxCount() && delete(index, o, "the newest " + rules.maxCount() + " are kept");
            all[0] -= goes ? 1 : 0;
            return goes;
        });
    }

    private void byFreeSpace(RecordingIndex index, List<Over> over) {
        over.removeIf(o -> rules.minFreeBytes() > 0 && free.applyAsLong(index.root()) < rules.minFreeBytes()
            && delete(index, o, "less than " + rules.minFreeBytes() + " bytes of the disk are free"));
    }

    /** @return 0 where it is being written, by this version or another */
    private long endedMillis(IndexedRecording recording) {
        if (book.isActive(recording)) {
            return 0;
        }
        if (recording.endedMillis() > 0) {
            return recording.endedMillis();
        }
        // the server was killed, or another version writes it
        long newest = 1;
        for (Path file : recording.files()) {
            if (isLocked(file)) {
                return 0;
            }
            newest = Math.max(newest, modified(file));
            leftOver(file);
        }
        return newest;
    }

    /** Of an MP4 that was being made plain when the server was killed. */
    private static void leftOver(Path file) {
        try {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + Mp4Finish.SUFFIX));
        } catch (IOException e) {
            LOG.warn("a left-over beside {} cannot be deleted: {}", file, e.toString());
        }
    }

    private static boolean isLocked(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException e) {
            return 1;
        }
    }

    /** @return true where nothing of it is left in the index */
    private boolean delete(RecordingIndex index, Over over, String why) {
        try {
            for (Path file : List.copyOf(over.recording.files())) {
                if (isUnchanged(index, file, over.endedMillis)) {
                    Files.deleteIfExists(file);
                    LOG.info("recording {} deleted: {}", file, why);
                } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    LOG.info("recording {} would be deleted ({}), but it was changed since and is left alone from here on", file, why);
                }
                index.append("D", index.relative(file));
            }
            return true;
        } catch (IOException e) {
            LOG.warn("recording {} cannot be deleted: {}", over.recording.files(), e.toString());
            return false;
        }
    }

    /** A file of ours, within the root, as we left it. */
    private static boolean isUnchanged(RecordingIndex index, Path file, long endedMillis) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && file.toRealPath().startsWith(index.root().toRealPath()) && modified(file) <= endedMillis + CHANGED_MILLIS;
    }
}
