package io.sluice.itests.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.hls.HlsViewer;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protocol bundles are swapped while ffmpeg and a publisher of our own publish and RTMP, HLS and hls.js viewers watch. Nothing closes, nothing fails,
 * every payload comes once and only once.
 */
class HandOverIT {
    private static final int TIMES = Boolean.getBoolean("sluice.long") ? 50 : 10;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;
    private SluiceServer server;
    private Program ffmpeg;
    private RtmpPublisher publisher;
    private RtmpPlayer player;
    private HlsViewer hls;
    private RtmpPlayer playerOfFfmpeg;
    private HlsViewer hlsOfFfmpeg;
    private Chromium browser;
    private int stallsAtFirst;

    @BeforeEach
    void everybodyWatches() throws Exception {
        server = new SluiceServer(Path.of(System.getProperty("sluice.dist")), folder.resolve("home"), Path.of(System.getProperty("sluice.jdk"))).start();
        Path clip = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 60, 2);
        publisher = RtmpPublisher.open(server.rtmp("live", "exact?key=" + SluiceServer.PUBLISH_KEY))
            .start(ClipFrames.of(clip).looped(0), RtmpPublisher.Pace.REAL_TIME);
        ffmpeg = Ffmpeg.installed().publish(clip, server.rtmp("live", "mine?key=" + SluiceServer.PUBLISH_KEY));
        Await.until("both streams are live", PATIENCE, () -> server.get("/hls/exact/index.m3u8").statusCode() == 200 && server.get("/hls/mine/index.m3u8").statusCode() == 200);
        player = RtmpPlayer.open(server.rtmp("live", "exact"));
        playerOfFfmpeg = RtmpPlayer.open(server.rtmp("live", "mine"));
        hls = HlsViewer.watch(server.http("/hls/exact/index.m3u8"));
        hlsOfFfmpeg = HlsViewer.watch(server.http("/hls/mine/index.m3u8"));
        browser = Chromium.start();
        browser.navigate(server.http("/mine.html"));
        Await.until(() -> "the browser plays: " + browser.console(), PATIENCE, () -> decoded() > 25);
        stallsAtFirst = stalls();
        Await.until("all viewers have media", PATIENCE, () -> player.count(Kind.VIDEO) > 10 && playerOfFfmpeg.count(Kind.VIDEO) > 10 && hls.segments().size() > 1
            && hlsOfFfmpeg.segments().size() > 1);
    }

    @AfterEach
    void everybodyLeaves() throws Exception {
        Path kept = Path.of(System.getProperty("sluice.output"));
        Files.createDirectories(kept);
        Files.writeString(kept.resolve("hand-over-server.log"), server.log());
        for (AutoCloseable c : new AutoCloseable[] {browser, hls, hlsOfFfmpeg, player, playerOfFfmpeg, publisher, ffmpeg, server}) {
            if (c != null) {
                c.close();
            }
        }
    }

    @Test
    void aNewerRtmpAndThenANewerHlsTakeOverAndGiveBackWithoutALostFrame() throws Exception {
        Upgrade rtmp = new Upgrade(server, "io.sluice.protocol.rtmp", "defaultChunkSize=1024\nsnapshotSchema=2\n", folder);
        Upgrade segments = new Upgrade(server, "io.sluice.protocol.hls", "patIntervalPackets=7\naudioFramesPerPes=1\nsnapshotSchema=2\n", folder);
        Set<String> connections = rtmpConnections();
        for (int i = 0; i < TIMES; i++) {
            rtmp.up();
            checkNobodyNoticed(connections);
            rtmp.down();
            checkNobodyNoticed(connections);
        }
        for (int i = 0; i < TIMES; i++) {
            segments.up();
            awaitSegments(2);
            checkNobodyNoticed(connections);
            segments.down();
            awaitSegments(2);
            checkNobodyNoticed(connections);
        }
        checkBothVersionsWereOnTheWire();
        checkEveryPayload();
    }

    private void awaitSegments(int more) {
        int before = hls.segments().size();
        int beforeOfFfmpeg = hlsOfFfmpeg.segments().size();
        Await.until("segments go on coming; " + hls.faults(), PATIENCE, () -> hls.segments().size() >= before + more && hlsOfFfmpeg.segments().size() >= beforeOfFfmpeg + more);
    }

    private void checkNobodyNoticed(Set<String> connections) throws Exception {
        assertEquals(connections, rtmpConnections(), "the same RTMP connections as at the beginning");
        assertTrue(ffmpeg.running(), () -> "ffmpeg still publishes: " + ffmpeg.errors());
        assertEquals("", player.ended());
        assertEquals("", playerOfFfmpeg.ended());
        assertEquals("", publisher.ended());
        assertEquals(List.of(), hls.refetchListed());
        assertEquals(List.of(), hlsOfFfmpeg.refetchListed());
        assertEquals(List.of(), browser.failures());
        assertEquals(stallsAtFirst, stalls(), "hls.js reports no stall");
        int seen = decoded();
        Await.until("the browser's picture moves on", PATIENCE, () -> decoded() > seen);
    }

    private void checkBothVersionsWereOnTheWire() {
        assertTrue(player.chunkSizes().stream().distinct().count() > 1, () -> "chunk sizes of both versions came: " + player.chunkSizes());
        Set<Long> intervals = hls.segments().stream().map(s -> Math.round((double) s.facts().packets() / Math.max(1, s.facts().pats()))).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(intervals.size() > 1, () -> "packets per PAT of both versions: " + intervals);
    }

    private void checkEveryPayload() {
        for (Kind kind : List.of(Kind.VIDEO, Kind.AUDIO)) {
            publisher.ledger().requireExact("the RTMP player", kind, player.frames(kind), 1000);
            publisher.ledger().requireExact("the HLS viewer", kind, hls.frames(kind), 1000);
        }
        assertEquals(List.of(), player.faults());
        assertEquals(List.of(), playerOfFfmpeg.faults());
        assertEquals(List.of(), hls.faults());
        assertEquals(List.of(), hlsOfFfmpeg.faults());
    }

    /** Numbers of those that publish or play by RTMP. */
    private Set<String> rtmpConnections() throws Exception {
        Pattern id = Pattern.compile("^\\s*#?(\\d+)\\s");
        return server.shell("sluice:connections").lines().filter(l -> l.contains("rtmp")).map(id::matcher).filter(m -> m.find()).map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private int stalls() throws Exception {
        return browser.evaluate("Number(document.querySelector('video').dataset.stalls || 0)").asInt();
    }

    private int decoded() throws Exception {
        return browser.evaluate("(() => { const v = document.querySelector('video'); return v ? v.getVideoPlaybackQuality().totalVideoFrames : 0; })()").asInt();
    }
}
