package io.sluice.target.file.internal.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.target.file.internal.recording.KeptFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which recordings go, and which never do. */
class RetentionTest {
    @TempDir
    Path root;
    private RecordingBook book;
    private Instant now = Instant.now();
    private long free = Long.MAX_VALUE;

    @BeforeEach
    void open() {
        book = new RecordingBook(List.of(root));
    }

    private KeptFiles begin(String group, long keepSeconds, int keepCount, String... files) throws IOException {
        KeptFiles kept = book.begin(group, keepSeconds * 1_000_000_000, keepCount, () -> { });
        for (String name : files) {
            Files.createDirectories(root.resolve(name).getParent());
            kept.file(root.resolve(name));
            Files.writeString(root.resolve(name), name);
        }
        return kept;
    }

    private void whole(String group, String... files) throws IOException {
        begin(group, 0, 0, files).end();
    }

    private int run(long maxAgeSeconds, int maxCount, long minFree) {
        RetentionRules rules = new RetentionRules(maxAgeSeconds * 1000, maxCount, minFree);
        return new Retention(book, rules, () -> now, path -> free).run();
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).map(f -> root.relativize(f).toString()).filter(f -> !f.startsWith(".")).sorted().toList();
        }
    }

    @Test
    void theOldGoWithAllTheirFiles() throws IOException {
        whole("a", "a/1.ts", "a/2 ü%.ts", "a/list.m3u8");
        assertEquals(0, run(60, 0, 0));
        now = now.plusSeconds(100);
        assertEquals(1, run(60, 0, 0));
        assertEquals(List.of(), left());
        assertEquals(List.of(), new RecordingIndex(root).load());
    }

    @Test
    void aPushMayHaveAStricterRuleOfItsOwn() throws IOException {
        begin("short", 10, 0, "short.ts").end();
        begin("long", 1000, 0, "long.ts").end();
        whole("none", "none.ts");
        now = now.plusSeconds(50);
        assertEquals(1, run(0, 0, 0));
        assertEquals(List.of("long.ts", "none.ts"), left());
        now = now.plusSeconds(50);
        assertEquals(2, run(60, 0, 0));
    }

    @Test
    void theNewestOfAPushAndOfARootStay() throws IOException {
        for (int i = 0; i < 4; i++) {
            begin("show $n.ts", 0, 2, "show " + i + ".ts").end();
            whole("other", "other " + i + ".ts");
        }
        assertEquals(2, run(0, 0, 0));
        assertEquals(List.of("other 0.ts", "other 1.ts", "other 2.ts", "other 3.ts", "show 2.ts", "show 3.ts"), left());
        assertEquals(3, run(0, 3, 0));
        assertEquals(List.of("other 2.ts", "other 3.ts", "show 3.ts"), left().stream().toList());
    }

    @Test
    void theOldestMakeRoom() throws IOException {
        for (int i = 0; i < 4; i++) {
            whole("show", i + ".ts");
        }
        free = 100;
        Retention retention = new Retention(book, new RetentionRules(0, 0, 300), () -> now, path -> 100 + 100 * (4 - count()));
        assertEquals(2, retention.run());
        assertEquals(List.of("2.ts", "3.ts"), left());
    }

    private long count() {
        try {
            return left().size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theOneThatIsBeingWrittenStaysWhateverTheRules() throws IOException {
        begin("show", 1, 1, "now.ts");
        now = now.plusSeconds(1000);
        free = 0;
        assertEquals(0, run(1, 1, Long.MAX_VALUE));
        assertEquals(List.of("now.ts"), left());
    }

    @Test
    void nothingIsForgottenOverARestartAndACrashIsAnEnd() throws IOException {
        begin("show", 0, 0, "cut.ts");
        Files.writeString(root.resolve("cut.ts.finishing"), "half a copy");
        whole("show", "whole.ts");
        Files.writeString(root.resolve(RecordingIndex.NAME), "F 1", StandardOpenOption.APPEND);
        book = new RecordingBook(List.of(root));
        now = now.plusSeconds(100);
        assertEquals(2, run(60, 0, 0));
        assertEquals(List.of(), left());
    }

    @Test
    void whatAnotherVersionOfTheBundleWritesIsSeenByItsLock() throws IOException {
        begin("show", 0, 0, "theirs.ts");
        book = new RecordingBook(List.of(root));
        now = now.plusSeconds(100);
        try (FileChannel theirs = FileChannel.open(root.resolve("theirs.ts"), StandardOpenOption.WRITE)) {
            theirs.lock();
            assertEquals(0, run(60, 0, 0));
        }
        assertEquals(1, run(60, 0, 0));
    }

    @Test
    void filesOfOthersAndFilesThatWereChangedStay() throws IOException {
        whole("show", "mine.ts", "cut by hand.ts");
        Files.writeString(root.resolve("theirs.ts"), "x");
        Files.setLastModifiedTime(root.resolve("cut by hand.ts"), FileTime.from(now.plusSeconds(50)));
        Path outside = Files.createTempFile("outside", ".ts");
        Files.writeString(root.resolve(RecordingIndex.NAME), "R 9 g 0 0\nF 9 ..%2F" + outside.getFileName() + "\nE 9 1\n", StandardOpenOption.APPEND);
        now = now.plusSeconds(100);
        assertEquals(1, run(60, 0, 0));
        assertEquals(List.of("cut by hand.ts", "theirs.ts"), left());
        assertTrue(Files.deleteIfExists(outside));
    }

    @Test
    void theIndexDoesNotGrowForEver() throws IOException {
        KeptFiles kept = begin("show", 0, 0, "a.ts");
        String line = "D nothing\n";
        Files.writeString(root.resolve(RecordingIndex.NAME), line.repeat(30_000), StandardOpenOption.APPEND);
        run(60, 0, 0);
        assertTrue(Files.size(root.resolve(RecordingIndex.NAME)) < 1000);
        kept.end();
        now = now.plusSeconds(100);
        assertEquals(1, run(60, 0, 0));
    }
}
