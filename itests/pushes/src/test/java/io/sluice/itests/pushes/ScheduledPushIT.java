package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.HttpReceiver;
import io.sluice.testkit.HttpReceiver.Answer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story: what an address says turns the recording of a stream that is always there on and off; the engine goes and comes meanwhile. */
class ScheduledPushIT {
    private static final String ENGINE = "io.sluice.pushes";
    /** A key frame each second, an address that is asked five times a second, and a machine that does other things besides. */
    private static final long TOLERANCE_MILLIS = 3000;

    @TempDir
    static Path folder;
    private static PushServer server;
    private static RtmpPublisher publisher;

    @BeforeAll
    static void start() throws IOException {
        server = new PushServer(folder);
        publisher = server.publish("cam");
    }

    @AfterAll
    static void stop() throws IOException {
        publisher.close();
        server.close("scheduled");
    }

    /** As many pictures as so many seconds have. */
    private static void awaitPictures(int seconds) {
        int before = publisher.ledger().published(Kind.VIDEO).size();
        Await.until("the publisher sends on", PushServer.PATIENCE, () -> publisher.ledger().published(Kind.VIDEO).size() >= before + 25 * seconds);
    }

    private record Take(long on, long off) {
    }

    @Test
    void anAddressTurnsARecordingOnAndOffThreeTimes() throws IOException {
        try (HttpReceiver address = HttpReceiver.saying("false")) {
            server.conf("io.sluice.variables.variable~onair", "\"name\": \"onair\"", "\"type\": \"url\"", "\"target\": \"" + address.uri("/onair") + "\"", "\"intervalMillis\": 200");
            server.entry("show", "cam", "show-$hour$minute$second.ts", "variable(name=onair, is=true)");
            Await.until(() -> "it waits, and says for what:\n" + server.pushes(), PushServer.PATIENCE, () -> server.only("show").get("WHY").contains("onair") && !server.only("show").get("WHY").contains("no value"));
            List<Take> takes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long on = System.currentTimeMillis();
                address.answers(r -> Answer.of(200, "true"));
                server.awaitState("show", "RUNNING");
                awaitPictures(4);
                long off = System.currentTimeMillis();
                address.answers(r -> Answer.of(200, "false"));
                server.awaitState("show", "ENDED");
                takes.add(new Take(on, off));
                awaitPictures(4);
            }
            List<Path> files = server.recordings(".ts").stream().filter(f -> f.getFileName().toString().startsWith("show-")).toList();
            assertEquals(3, files.size(), () -> files + "\n" + server.server().log());
            for (int i = 0; i < 3; i++) {
                holds(files.get(i), takes.get(i));
            }
        }
    }

    /** What was sent between on and off, no more and no less, each picture once. */
    private static void holds(Path file, Take take) throws IOException {
        List<Long> times = WallClockFrames.of(file, folder);
        assertTrue(times.size() > 50, () -> file + " has " + times.size() + " pictures");
        assertEquals(times.stream().sorted().distinct().toList(), times, "in order, each once");
        long first = times.get(0);
        long last = times.get(times.size() - 1);
        String words = file.getFileName() + " holds " + first + " to " + last + "; it was on from " + take.on() + " to " + take.off();
        assertTrue(Math.abs(first - take.on()) < TOLERANCE_MILLIS && Math.abs(last - take.off()) < TOLERANCE_MILLIS, words);
        assertEquals((last - first) / 40.0, times.size(), 10, words + ": pictures are missing");
    }

    @Test
    void thePushGoesOnWhileTheEngineIsStoppedStartedAndReplaced() throws IOException {
        Path entry = server.entry("on", "cam", "on.ts", "");
        server.awaitState("on", "RUNNING");
        String id = server.only("on").get("ID");
        Await.until("a push is the session of an output (SES-05)", PushServer.PATIENCE,
            () -> server.server().shell("sluice:sessions list stream cam").lines().anyMatch(l -> l.matches("O[0-9a-f]+ +LIVE +OUTPUT .*")));
        long bundle = server.server().bundle(ENGINE);
        server.server().shell("felix:stop -t " + bundle);
        Path file = server.recordings("on.ts").get(0);
        long size = Files.size(file);
        Await.until("it grows while nobody decides", PushServer.PATIENCE, () -> Files.size(file) > size + 50_000);
        assertTrue(server.pushes().contains("is not there"), server.pushes());
        server.server().shell("felix:start -t " + bundle);
        server.awaitState("on", "RUNNING");
        assertEquals(id, server.only("on").get("ID"));
        server.upgrade(ENGINE);
        server.awaitState("on", "RUNNING");
        assertEquals(id, server.only("on").get("ID"));
        assertEquals(1, server.recordings("on.ts").size());
        Files.delete(entry);
        Await.until(() -> "its entry is gone, and the push with it:\n" + server.pushes(), PushServer.PATIENCE, () -> !server.pushes().contains(id));
        List<Long> times = WallClockFrames.of(file, folder);
        assertEquals((times.get(times.size() - 1) - times.get(0)) / 40.0, times.size() - 1, 10, "no picture is missing");
    }

    @Test
    void aTriggerOfSomebodyElseWorksWithoutAnEdit() throws IOException {
        server.entry("night", "cam", "night.ts", "moon(phase=full)");
        Await.until(() -> "it says what is missing:\n" + server.pushes(), PushServer.PATIENCE, () -> server.only("night").get("WHY").contains("no installed bundle offers the condition 'moon'"));
        server.server().deploy(MoonJar.write(folder), "moon-1.0.0.jar");
        server.awaitState("night", "RUNNING");
        assertTrue(server.only("night").get("WHY").contains("the moon is full"), server.pushes());
        assertTrue(server.server().shell("sluice:timeline night").contains("the moon wanes"), server.server().shell("sluice:timeline night"));
        server.server().undeploy("moon-1.0.0.jar");
        Await.until(() -> "it ends some seconds after its trigger went:\n" + server.pushes(), PushServer.PATIENCE, () -> server.only("night").get("STATE").equals("ENDED"));
    }
}
