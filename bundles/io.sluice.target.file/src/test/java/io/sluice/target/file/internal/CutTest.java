package io.sluice.target.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.target.file.internal.recording.Disk;
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a power cut leaves: a file as it was while it was written, up to any byte. */
class CutTest {
    /** In all forty. */
    private static final int CUTS = Boolean.getBoolean("sluice.long") ? 40 : 10;
    /** Two seconds of media, and a frame. */
    private static final int LOST = 62;

    @TempDir
    Path root;
    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(root);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @ParameterizedTest
    @CsvSource({"ts, 11", "flv, 12", "mkv, 13", "mp4, 14"})
    void aFileCutAnywherePlaysUpToThere(String extension, long seed) throws IOException {
        byte[][] written = new byte[1][];
        Path file = root.resolve("show." + extension);
        studio.disk = path -> new FaultyChannel(Disk.REAL.open(path)).whenSynced(() -> written[0] = Files.readAllBytes(path));
        assertEquals("", studio.start("show." + extension).play(Film.of(0, 0, 12 * Film.SECOND)).finish());
        Random random = new Random(seed);
        for (int i = 0; i < CUTS; i++) {
            int at = written[0].length / 4 + random.nextInt(written[0].length * 3 / 4);
            Files.write(file, Arrays.copyOf(written[0], at));
            Ffmpeg.Probe probe = Ffmpeg.installed().frames(file.toString(), 60);
            int pictures = probe.times("video", "pts_time").size();
            int expected = (int) ((long) Film.PICTURES / 2 * at / written[0].length);
            assertTrue(pictures > expected * 0.8 - LOST, extension + " cut at " + at + " of " + written[0].length + ": " + pictures + " pictures");
        }
    }
}
