package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.hls.HlsViewer;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.Amf0;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many viewers that stop reading beside as many good ones: they cost their bounded queue and nothing else. */
class StalledViewersIT {
    @RegisterExtension
    static final Attacked ATTACKED = new Attacked();
    private static final int RTMP = 200;
    private static final int HLS = 20;
    private static final int PICTURES_A_SECOND = 25;
    /** At 2 Mbit/s more than the sockets' buffers (some 1.3 MB each) and the server's high-water mark (1 MiB) hold. */
    private static final int STUCK_SECONDS = 13;
    /** A queue holds references: what 200 of them keep is the stream's last seconds once, and each one's list. */
    private static final int HEAP_MEBIBYTES = 24;
    private static final int RESIDENT_MEBIBYTES = 96;
    /** Where a chunk's header has the message stream's number, the lowest byte first. */
    private static final int MESSAGE_STREAM = 8;
    private static final Pattern OUT = Pattern.compile("([0-9.]+) ([kM]?)B\\s");

    @TempDir
    Path folder;
    private final Target target = ATTACKED.get();
    private final List<AutoCloseable> all = new ArrayList<>();

    @Test
    void theyCostTheirQueueAndTheOthersLoseNothing() throws Exception {
        ClipFrames clip = ClipFrames.of(twoMegabits(folder.resolve("crowd.flv")));
        try (RtmpPublisher publisher = RtmpPublisher.open(target.server().rtmp("live", "crowd?key=" + SluiceServer.PUBLISH_KEY)).start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME)) {
            Await.until("the stream is live", Target.PATIENCE, () -> target.server().get("/hls/crowd/index.m3u8").statusCode() == 200);
            List<RtmpPlayer> good = new ArrayList<>();
            List<HlsViewer> goodHls = new ArrayList<>();
            for (int i = 0; i < RTMP; i++) {
                good.add(kept(RtmpPlayer.open(target.server().rtmp("live", "crowd"))));
            }
            for (int i = 0; i < HLS; i++) {
                goodHls.add(kept(HlsViewer.watch(target.server().http("/hls/crowd/index.m3u8"))));
            }
            Await.until("the good ones watch", Target.PATIENCE, () -> good.stream().allMatch(p -> p.count(Kind.VIDEO) > PICTURES_A_SECOND) && goodHls.stream().allMatch(v -> v.segments().size() > 1));
            ServerMemory before = target.memory();
            List<Attacker> stalled = stalled(goodHls.get(0));
            int behind = watch(publisher, good);
            ServerMemory after = target.memory();
            System.out.printf("%d RTMP and %d HLS viewers that take nothing: heap %+d KiB, resident memory %+d KiB; the slowest of %d good ones was at most %d pictures behind%n", RTMP, HLS,
                after.heapBytes() - before.heapBytes() >> 10, after.residentBytes() - before.residentBytes() >> 10, good.size(), behind);
            ServerMemory.requireGrowthBelow(HEAP_MEBIBYTES, RESIDENT_MEBIBYTES, before, after);
            requireStalled(stalled.subList(0, RTMP), good.get(0));
            assertTrue(behind < 3 * PICTURES_A_SECOND, () -> "a good viewer was " + behind + " pictures behind");
            requireWhole(publisher, good, goodHls);
        } finally {
            for (AutoCloseable each : all) {
                each.close();
            }
        }
    }

    private <T extends AutoCloseable> T kept(T each) {
        all.add(each);
        return each;
    }

    /** Half of what they ask for is on its way when they stop: RTMP players that never read, and HTTP clients that ask for a segment ten times. */
    private List<Attacker> stalled(HlsViewer viewer) throws IOException {
        List<Attacker> stalled = new ArrayList<>();
        byte[] play = Attacker.message(8, 20, Amf0.encode("play", 3, null, "crowd", -2000));
        play[MESSAGE_STREAM] = 1;
        for (int i = 0; i < RTMP; i++) {
            Attacker a = kept(Attacker.deaf(target.rtmpPort())).shakeHandsBlindly().rtmpConnect("live");
            a.send(play);
            stalled.add(a);
        }
        String segment = viewer.segments().get(viewer.segments().size() - 1).uri().getPath();
        for (int i = 0; i < HLS; i++) {
            Attacker a = kept(Attacker.deaf(target.httpPort()));
            a.send(("GET " + segment + " HTTP/1.1\r\nHost: a\r\n\r\n").repeat(10));
            stalled.add(a);
        }
        return stalled;
    }

    /** Until enough media has been published. @return how many pictures the slowest viewer was behind at the worst moment */
    private static int watch(RtmpPublisher publisher, List<RtmpPlayer> good) {
        int[] most = {0};
        List<Integer> joined = good.stream().map(p -> p.count(Kind.VIDEO)).toList();
        int published = publisher.ledger().published(Kind.VIDEO).size();
        int end = published + STUCK_SECONDS * PICTURES_A_SECOND;
        Await.until("media goes on", Target.PATIENCE, () -> {
            int now = publisher.ledger().published(Kind.VIDEO).size();
            for (int i = 0; i < good.size(); i++) {
                most[0] = Math.max(most[0], now - published - (good.get(i).count(Kind.VIDEO) - joined.get(i)));
            }
            return now >= end;
        });
        return most[0];
    }

    /** The kernel took some of it, and then no more. */
    private void requireStalled(List<Attacker> stalled, RtmpPlayer good) throws IOException {
        List<String> rows = target.server().shell("sluice:connections").lines().toList();
        double whole = out(rows, good.localPort());
        for (Attacker a : stalled) {
            double taken = out(rows, a.port());
            assertTrue(taken > 0 && taken < 0.8 * whole, () -> "one that does not read took " + taken + " bytes, one that reads " + whole);
        }
    }

    /** Bytes sent to the peer at this port: the second quantity of its row. */
    private static double out(List<String> rows, int port) {
        String row = rows.stream().filter(r -> r.contains(":" + port + " ")).findFirst().orElseThrow(() -> new AssertionError("no connection from port " + port));
        String quantities = row.substring(row.indexOf("crowd"));
        Matcher quantity = OUT.matcher(quantities);
        List<Double> found = new ArrayList<>();
        while (quantity.find()) {
            found.add(Double.parseDouble(quantity.group(1)) * (quantity.group(2).equals("M") ? 1e6 : quantity.group(2).equals("k") ? 1e3 : 1));
        }
        return found.stream().skip(1).findFirst().orElseThrow(() -> new AssertionError(row));
    }

    private static void requireWhole(RtmpPublisher publisher, List<RtmpPlayer> good, List<HlsViewer> goodHls) {
        for (RtmpPlayer player : good) {
            assertEquals("", player.ended());
            assertEquals(List.of(), player.faults());
            publisher.ledger().requireExact("a good RTMP viewer", Kind.VIDEO, player.frames(Kind.VIDEO), STUCK_SECONDS * PICTURES_A_SECOND);
            publisher.ledger().requireExact("a good RTMP viewer", Kind.AUDIO, player.frames(Kind.AUDIO), STUCK_SECONDS * PICTURES_A_SECOND);
        }
        for (HlsViewer viewer : goodHls) {
            assertEquals(List.of(), viewer.faults());
            publisher.ledger().requireExact("a good HLS viewer", Kind.VIDEO, viewer.frames(Kind.VIDEO), (STUCK_SECONDS - 5) * PICTURES_A_SECOND);
        }
    }

    /** Noise cannot be compressed, so the encoder needs all it may have. */
    private static Path twoMegabits(Path flv) throws IOException {
        return Ffmpeg.installed().make(flv, List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25,noise=alls=100:allf=t", "-f", "lavfi", "-i", "aevalsrc=0.3*sin(400*t*(2+t)):s=48000", "-t", "10",
            "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "2M", "-minrate", "2M", "-maxrate", "2M", "-bufsize", "500k", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2"));
    }
}
