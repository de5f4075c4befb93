package io.sluice.sessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.sessions.internal.tell.AccessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    @TempDir
    Path home;

    @Test
    void eachEndedSessionIsALine() throws IOException {
        Rig rig = new Rig();
        rig.accessLog = AccessLog.of("log/access.csv", home, 1 << 20, 2);
        rig.start();
        Guest viewer = rig.viewer("live", "10.0.0.1", "rtmp", 1, "a");
        rig.pass(10);
        rig.move(viewer, 20_000, 1_000_000);
        rig.close(viewer);
        rig.pass(16);
        rig.close();
        List<String> lines = Files.readAllLines(home.resolve("log/access.csv"));
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).matches("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d, " + viewer.session + ", live, rtmp, 10.0.0.1, 10, 100, 2, \\[UA:Player/1\\]"), lines.get(0));
    }

    @Test
    void theFileIsReplacedWhenItIsFull() throws IOException {
        Rig rig = new Rig();
        rig.accessLog = AccessLog.of("access.csv", home, 1000, 3);
        rig.start();
        for (int i = 0; i < 40; i++) {
            rig.close(rig.viewer("live", "10.0.0.1", "rtmp", i, "t" + i));
        }
        rig.pass(16);
        rig.close();
        try (var files = Files.list(home)) {
            assertEquals(List.of("access.csv", "access.csv.1", "access.csv.2"), files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.size(home.resolve("access.csv.1")) <= 1000);
    }

    @Test
    void aFileOutsideOfTheHomeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> AccessLog.of("../access.csv", home, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> AccessLog.of("/etc/passwd", home, 1, 1));
        assertFalse(Files.exists(home.resolve("..").resolve("access.csv")));
    }
}
