package io.sluice.itests.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.CountingRelay;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.hls.HlsViewer;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tens of viewers, and a strategy from deploy/ that throws, takes ten seconds, or answers a megabyte: nobody loses a frame or waits long, the log says it once, the sums are exact. */
class UnrulyStrategyIT {
    private static final int RTMP_VIEWERS = 24;
    private static final int HLS_VIEWERS = 4;
    /** A token each by RTMP; those by HLS, who bring none, are one. */
    private static final int SESSIONS = RTMP_VIEWERS + 1;
    /** Pictures of two seconds: two collations at least. */
    private static final int PICTURES = 50;

    @TempDir
    Path folder;
    private final List<RtmpPlayer> players = new ArrayList<>();
    private final List<HlsViewer> hls = new ArrayList<>();
    private Configured configured;
    private SluiceServer server;
    private Listed sessions;
    private CountingRelay rtmp;
    private CountingRelay http;
    private int passers;

    @Test
    void viewersKeepTheirFramesAndTheSumsAreExact() throws Exception {
        configured = new Configured(UnrulyStrategyIT.class);
        server = configured.server();
        sessions = new Listed(server);
        ClipFrames clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 60, 2));
        try (RtmpPublisher publisher = RtmpPublisher.open(server.rtmp("live", "exact?key=" + SluiceServer.PUBLISH_KEY)).start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME);
            CountingRelay rtmpRelay = new CountingRelay(server.rtmp("live", ""));
            CountingRelay httpRelay = new CountingRelay(server.http("/"))) {
            rtmp = rtmpRelay;
            http = httpRelay;
            everybodyWatches();
            server.deploy(Unruly.jar(server.shipped("io.sluice.session.fields"), folder.resolve("unruly.jar")), "unruly.jar");
            Await.until("the bundle is elected", Configured.PATIENCE,
                () -> server.shell("sluice:plugins").lines().anyMatch(l -> l.startsWith(Unruly.BUNDLE + " ") && l.contains("ELECTED")));
            with("throws", "failed for");
            with("late", "did not answer within 1000 ms");
            with("large", "1048576 characters in the key, at most 32768");
            requireNobodyLostAnything(publisher);
            for (RtmpPlayer player : players) {
                player.close();
            }
            hls.forEach(HlsViewer::close);
            Await.until("all have left", Configured.PATIENCE, () -> rtmp.open() + http.open() == 0);
            exact();
        } finally {
            configured.close();
        }
    }

    private void everybodyWatches() throws IOException {
        Await.until("it is live", Configured.PATIENCE, () -> !sessions.rows("stream exact").isEmpty());
        for (int i = 0; i < RTMP_VIEWERS; i++) {
            players.add(RtmpPlayer.open(rtmp.through(server.rtmp("live", "exact?tkn=r" + i))));
        }
        for (int i = 0; i < HLS_VIEWERS; i++) {
            hls.add(HlsViewer.watch(http.through(server.http("/hls/exact/index.m3u8"))));
        }
        Await.until(() -> "everybody watches: " + listed(), Configured.PATIENCE,
            () -> players.stream().allMatch(p -> p.count(Kind.VIDEO) > 10) && hls.stream().allMatch(h -> h.segments().size() > 1) && viewers() == SESSIONS);
    }

    private long viewers() throws IOException {
        return sessions.rows("stream exact").stream().filter(r -> r.contains(" VIEWER ")).count();
    }

    /** Selects it; newcomers get in all the same, by plain fields, and those who watch go on. */
    private void with(String strategy, String complaint) throws IOException {
        configured.strategy(strategy, "\"stream\", \"address\", \"token\"");
        passer();
        passer();
        int before = players.get(0).count(Kind.VIDEO);
        Await.until(() -> "pictures go on coming: " + players.get(0).ended(), Configured.PATIENCE, () -> players.get(0).count(Kind.VIDEO) >= before + PICTURES);
        Await.until(() -> "each viewer has the session that plain fields say: " + listed(), Configured.PATIENCE, () -> viewers() == SESSIONS);
        List<String> said = configured.log().lines().filter(l -> l.contains("session strategy " + strategy + " (" + Unruly.BUNDLE)).toList();
        assertEquals(1, said.size(), () -> "lines of the log: " + said);
        assertTrue(said.get(0).contains(complaint), said.get(0));
        assertFalse(configured.log().contains("x".repeat(1000)), "what it says is cut");
    }

    private void passer() throws IOException {
        String token = "passer" + passers++;
        try (RtmpPlayer player = RtmpPlayer.open(rtmp.through(server.rtmp("live", "exact?tkn=" + token)))) {
            Await.until(() -> "a newcomer sees something: " + player.statuses() + player.ended(), Configured.PATIENCE, () -> player.count(Kind.VIDEO) > 10);
        }
        assertEquals(200, Curl.get(http.through(server.http("/hls/exact/index.m3u8?tkn=" + token))).status());
    }

    private void requireNobodyLostAnything(RtmpPublisher publisher) {
        for (Kind kind : List.of(Kind.VIDEO, Kind.AUDIO)) {
            for (RtmpPlayer player : players) {
                publisher.ledger().requireExact("an RTMP player", kind, player.frames(kind), 3 * PICTURES);
                assertEquals("", player.ended() + String.join("", player.faults()));
            }
            for (HlsViewer viewer : hls) {
                publisher.ledger().requireExact("an HLS viewer", kind, viewer.frames(kind), 3 * PICTURES);
                assertEquals(List.of(), viewer.faults());
                assertEquals(1, viewer.localPorts().size(), "connections of an HLS viewer");
            }
        }
        assertEquals("", publisher.ended());
    }

    /** The sessions' sums are the relays', once everything is counted. */
    private void exact() {
        Await.until(() -> "viewers' bytes are those of the relays: " + relayed() + "; sessions: " + counted(), Configured.PATIENCE, () -> counted().equals(relayed()));
        System.out.println(passers + " newcomers and " + (RTMP_VIEWERS + HLS_VIEWERS) + " viewers: " + counted() + " bytes in and out, all of them counted");
    }

    private List<Long> relayed() {
        return List.of(rtmp.up() + http.up(), rtmp.down() + http.down());
    }

    private List<Long> counted() {
        try {
            long[] all = sessions.viewers("stream exact");
            return List.of(all[1], all[2]);
        } catch (IOException e) {
            return List.of();
        }
    }

    private String listed() {
        try {
            return String.join("\n", sessions.rows("stream exact"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
