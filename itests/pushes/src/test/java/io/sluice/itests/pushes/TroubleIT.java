package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.GStreamer;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.client.Vlc;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of a running server whose disk stalls, and of one that is killed. */
@Tag("once")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TroubleIT {
    private static final int RATE = 25;
    private static final int STALL_SECONDS = 6;
    private static final Predicate<String> WAITS = stack -> stack.contains("RecordingIndex.append") && stack.contains("open");
    private static final List<String> FORMATS = List.of("ts", "flv", "mkv", "mp4");

    @TempDir
    static Path folder;
    private static PushServer server;
    private static RtmpPublisher publisher;

    @BeforeAll
    static void start() throws IOException {
        server = new PushServer(folder);
        publisher = server.publish("cam");
        for (String format : FORMATS) {
            server.push("cam", "killed." + format);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        publisher.close();
        server.close("trouble");
    }

    private static int published() {
        return publisher.ledger().published(Kind.VIDEO).size();
    }

    private static void awaitPublished(int seconds) {
        int wanted = published() + seconds * RATE;
        Await.until("media comes " + publisher.ended(), PushServer.PATIENCE, () -> published() >= wanted);
    }

    /** The list of recordings in a folder is a named pipe that nobody reads: who writes into it waits, as for a disk that hangs. */
    @Test
    @Order(1)
    void aDiskThatStallsCostsNobodyAFrame() throws Exception {
        Path slow = Files.createDirectories(server.server().home().resolve("data/slow"));
        Path pipe = slow.resolve(".sluice-recordings");
        Program.start(List.of("mkfifo", pipe.toString())).output(Duration.ofSeconds(10));
        server.conf("io.sluice.target.file", "\"roots\": [\"data/recordings\", \"data/slow\"]");
        try (RtmpPlayer viewer = RtmpPlayer.open(server.server().rtmp("live", "cam"))) {
            Path entry = server.entry("stalled", "cam", slow.resolve("stalled.ts").toString(), "");
            Await.until("it waits for the disk", PushServer.PATIENCE, () -> stacks("sluice-push").anyMatch(WAITS));
            long began = System.currentTimeMillis();
            awaitPublished(STALL_SECONDS);
            assertTrue(stacks("sluice-push").anyMatch(WAITS), "it still does");
            assertEquals(List.of(), stacks("").filter(WAITS).filter(t -> !t.startsWith("\"sluice-push")).toList(), "nobody else does");
            assertEquals("STARTING", server.only("stalled").get("STATE"), server::pushes);
            try (Program reader = Program.start(List.of("sh", "-c", "exec 3<> " + pipe + "; exec cat <&3"))) {
                server.awaitState("stalled", "RUNNING");
                awaitPublished(2);
                Files.delete(entry);
                Await.until(() -> "it ends: " + server.pushes(), PushServer.PATIENCE, () -> reader.out().stream().anyMatch(l -> l.startsWith("E ")));
            }
            long first = whole(slow.resolve("stalled.ts"));
            assertTrue(first < began + 500, "it begins " + (first - began) + " ms after the disk stalled");
            List<String> blamed = server.server().log().lines().filter(l -> l.contains("has not run for") && l.contains("io.sluice.target")).toList();
            assertEquals(List.of(), blamed, "no event loop was held up by a recording");
            assertEquals(List.of(), publisher.ledger().faults(Kind.VIDEO, viewer.frames(Kind.VIDEO)));
            assertTrue(viewer.count(Kind.VIDEO) > (STALL_SECONDS + 1) * RATE, "viewed: " + viewer.count(Kind.VIDEO));
        }
    }

    /** Without a gap. @return when its first picture was sent */
    private static long whole(Path file) throws IOException {
        List<Long> times = WallClockFrames.of(file, folder);
        assertTrue(times.size() > STALL_SECONDS * RATE, () -> file + " has " + times.size() + " pictures");
        assertEquals((times.get(times.size() - 1) - times.get(0)) / 40.0 + 1, times.size(), 8, file + ": pictures are missing");
        return times.get(0);
    }

    /** Each thread's stack whose name begins so. */
    private static Stream<String> stacks(String name) throws IOException {
        return Stream.of(threads().split("\n\n")).filter(s -> s.startsWith("\"" + name));
    }

    private static String threads() throws IOException {
        return Program.start(List.of(Path.of(System.getProperty("sluice.jdk"), "bin/jcmd").toString(), Long.toString(server.server().pid()), "Thread.print")).output(Duration.ofSeconds(30));
    }

    @Test
    @Order(2)
    void aServerThatIsKilledLeavesFilesThatPlayAndTheyStayAsTheyAre() throws Exception {
        awaitPublished(1);
        long killed = System.currentTimeMillis();
        server.server().kill();
        byte[] mp4 = Files.readAllBytes(server.recording("killed.mp4"));
        Random random = new Random(41);
        for (String format : FORMATS) {
            Path file = server.recording("killed." + format);
            long last = whole(file) + 40L * (WallClockFrames.of(file, folder).size() - 1);
            assertTrue(killed - last < 8000, () -> format + " ends " + (killed - last) + " ms before the end");
            byte[] whole = Files.readAllBytes(file);
            Path cut = folder.resolve("cut." + format);
            Files.write(cut, Arrays.copyOf(whole, whole.length * 3 / 4 + random.nextInt(whole.length / 4)));
            plays(cut, 2 * RATE);
        }
        others(folder.resolve("cut.mp4"));
        server.again();
        assertArrayEquals(mp4, Files.readAllBytes(server.recording("killed.mp4")), "nobody touches what plays");
    }

    private static void plays(Path file, int pictures) throws IOException {
        int decoded = Ffmpeg.installed().frames(file.toString(), 60).times("video", "pts_time").size();
        assertTrue(decoded > pictures, file + ": " + decoded + " pictures");
    }

    /** Players that are not made of ffmpeg's demuxers. */
    private static void others(Path file) throws IOException {
        try (Program gstreamer = GStreamer.decode(file.toUri().toString()); Program vlc = Vlc.play(seenByAll(file).toString(), 2, folder.resolve("vlc"))) {
            gstreamer.await(Duration.ofSeconds(60));
            assertTrue(GStreamer.buffers(gstreamer, "video") > 2 * RATE, () -> GStreamer.buffers(gstreamer, "video") + " pictures: " + gstreamer.errors());
            vlc.await(Duration.ofSeconds(60));
            assertTrue(vlc.errors().stream().anyMatch(l -> l.contains("Received first picture")), () -> String.join("\n", vlc.errors()));
        }
    }

    /** VLC runs as another user. */
    private static Path seenByAll(Path file) throws IOException {
        Path copy = Files.createTempDirectory("sluice-vlc").resolve(file.getFileName());
        Files.setPosixFilePermissions(copy.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(file, copy);
        copy.getParent().toFile().deleteOnExit(); // the last one named goes first
        copy.toFile().deleteOnExit();
        return copy;
    }
}
