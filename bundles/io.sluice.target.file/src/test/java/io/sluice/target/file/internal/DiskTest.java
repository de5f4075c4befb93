package io.sluice.target.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.media.Frame;
import io.sluice.target.file.internal.recording.Disk;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that stall, are full, or fail. */
class DiskTest {
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

    @Test
    void aDiskThatStallsLosesNothingAndHoldsUpNeitherTheLoopNorOthers() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        studio.disk = path -> path.endsWith("slow.ts") ? new FaultyChannel(Disk.REAL.open(path)).before(10_000, () -> {
            stuck.countDown();
            held.await();
        }) : Disk.REAL.open(path);
        studio.queueBytes = 1 << 20;
        Studio.Push slow = studio.start("slow.ts");
        slow.tape.window(60 * Film.SECOND);
        Studio.Push good = studio.start("good.ts");
        slow.play(Film.of(0, 0, Film.SECOND));
        assertTrue(stuck.await(10, TimeUnit.SECONDS));
        List<Frame> rest = Film.whole().stream().filter(f -> f.dtsNanos() >= Film.SECOND).toList();
        slow.play(rest);
        good.play(Film.whole());
        assertEquals("", good.finish());
        CompletableFuture<Void> turn = new CompletableFuture<>();
        studio.loop.execute(() -> turn.complete(null));
        turn.get(5, TimeUnit.SECONDS);
        long inHand = rest.stream().filter(f -> f.payload().refCnt() > 0).count();
        assertTrue(inHand > 300, "frames that wait: " + inHand);
        held.countDown();
        assertEquals("", slow.finish());
        assertEquals(0, slow.tape.skipped);
        assertEquals(Files.size(root.resolve("good.ts")), Files.size(root.resolve("slow.ts")));
    }

    @Test
    void aDiskThatStallsLongerThanTheWindowGoesOnAtAKeyFrameWithADiscontinuity() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        studio.disk = path -> new FaultyChannel(Disk.REAL.open(path)).before(1, () -> {
            stuck.countDown();
            held.await();
        });
        studio.queueBytes = 1 << 20;
        Studio.Push push = studio.start("slow.ts");
        push.tape.window(4 * Film.SECOND);
        push.play(Film.of(0, 0, Film.SECOND));
        assertTrue(stuck.await(10, TimeUnit.SECONDS));
        for (Frame frame : Film.whole()) {
            if (frame.dtsNanos() >= Film.SECOND) {
                push.play(List.of(frame));
            } else {
                frame.payload().release();
            }
        }
        CompletableFuture<Long> skipped = new CompletableFuture<>();
        studio.loop.execute(() -> skipped.complete(push.tape.skipped));
        assertTrue(skipped.get(5, TimeUnit.SECONDS) > 500, "skipped: " + push.tape.skipped);
        held.countDown();
        assertEquals("", push.finish());
        assertTrue(push.notes.contains("media is missing here: a discontinuity"), push.notes.toString());
        Ffmpeg.Probe probe = Ffmpeg.installed().frames(root.resolve("slow.ts").toString(), 60);
        assertEquals(List.of(), probe.warnings());
        List<Double> times = probe.times("video", "pts_time");
        assertEquals(24, times.get(times.size() - 1) - times.get(0), 0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "flv", "aac"})
    void aFullDiskEndsTheRecordingWithTheReasonAndWhatIsThereplays(String extension) throws Exception {
        studio.disk = path -> new FaultyChannel(Disk.REAL.open(path)).before(120_000, () -> {
            throw new IOException("No space left on device");
        });
        Studio.Push push = studio.start("full." + extension);
        for (int i = 0; i < 24; i++) {
            long from = i * Film.SECOND;
            push.play(Film.whole().stream().filter(f -> f.dtsNanos() >= from && f.dtsNanos() < from + Film.SECOND).toList());
            long before = push.bytes;
            Await.until("written or over", Duration.ofSeconds(10), () -> push.bytes > before || push.ended != null);
        }
        assertEquals(root.toRealPath().resolve("full." + extension) + " cannot be written: No space left on device", push.over());
        Path file = root.resolve("full." + extension);
        assertEquals(push.bytes, Files.size(file));
        assertEquals(push.bytes, push.recording.bytes());
        Ffmpeg.Probe probe = Ffmpeg.installed().frames(file.toString(), 60);
        assertEquals(List.of(), probe.warnings().stream().filter(w -> !w.contains("Estimating duration")).toList());
        assertTrue(probe.times("audio", "pts_time").size() > 40);
        assertEquals("", studio.start("other.aac").play(Film.of(0, 0, Film.SECOND)).finish());
    }

    @Test
    void aDiskThatCannotMakeItSafeEndsTheRecording() throws Exception {
        studio.disk = path -> new FaultyChannel(Disk.REAL.open(path)).failingToSync();
        Studio.Push push = studio.start("x.ts").play(Film.of(0, 0, 5 * Film.SECOND));
        assertTrue(push.finish().endsWith("cannot be made safe on the disk: Input/output error"));
    }

    @Test
    void whatWasWrittenIsMadeSafeThoughNothingFollows() throws Exception {
        FaultyChannel[] channel = new FaultyChannel[1];
        studio.disk = path -> channel[0] = new FaultyChannel(Disk.REAL.open(path));
        Studio.Push push = studio.start("x.ts").play(Film.of(0, 0, 5 * Film.SECOND));
        Await.until("made safe", Duration.ofSeconds(10), () -> channel[0] != null && channel[0].synced() == push.bytes && push.bytes > 0);
        push.close();
        studio.start("y.ts?sync=0").play(Film.of(0, 0, 5 * Film.SECOND)).finish();
        assertEquals(0, channel[0].synced());
    }
}
