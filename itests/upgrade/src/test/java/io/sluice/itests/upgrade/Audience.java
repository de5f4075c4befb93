package io.sluice.itests.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.hls.HlsViewer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who watches a broadcast, by RTMP and by HLS, and if wished in a browser; and the checks that a hand-over went unnoticed. */
final class Audience implements AutoCloseable {
    private final Broadcast broadcast;
    private RtmpPlayer player;
    private RtmpPlayer playerOfFfmpeg;
    private final HlsViewer hls;
    private final HlsViewer hlsOfFfmpeg;
    private final Chromium browser;
    private final Map<Long, Integer> connections;
    private final long logLines;
    private final int stallsAtFirst;

    /** Returns when everybody has media. */
    Audience(Broadcast broadcast, boolean withBrowser) throws Exception {
        this.broadcast = broadcast;
        openPlayers();
        hls = HlsViewer.watch(broadcast.server().http("/hls/exact/index.m3u8"));
        hlsOfFfmpeg = HlsViewer.watch(broadcast.server().http("/hls/mine/index.m3u8"));
        browser = withBrowser ? Chromium.start() : null;
        if (withBrowser) {
            browser.navigate(broadcast.server().http("/mine.html"));
            Await.until(() -> "the browser plays: " + browser.console(), Broadcast.PATIENCE, () -> decoded() > 25);
        }
        stallsAtFirst = withBrowser ? stalls() : 0;
        Await.until("all viewers have media", Broadcast.PATIENCE, () -> player.count(Kind.VIDEO) > 10 && playerOfFfmpeg.count(Kind.VIDEO) > 10
            && hls.segments().size() > 1 && hlsOfFfmpeg.segments().size() > 1);
        connections = connections();
        logLines = broadcast.server().log().lines().count();
    }

    /** Opens both RTMP players, again where they have ended: as a player does that connects again by itself. */
    void openPlayers() throws IOException {
        if (player != null) {
            player.close();
            playerOfFfmpeg.close();
        }
        player = RtmpPlayer.open(broadcast.server().rtmp("live", "exact"));
        playerOfFfmpeg = RtmpPlayer.open(broadcast.server().rtmp("live", "mine"));
    }

    RtmpPlayer player() {
        return player;
    }

    HlsViewer hls() {
        return hls;
    }

    List<HlsViewer> hlsViewers() {
        return List.of(hls, hlsOfFfmpeg);
    }

    void awaitSegments(int more) {
        int before = hls.segments().size();
        int beforeOfFfmpeg = hlsOfFfmpeg.segments().size();
        Await.until(() -> "segments go on coming; " + hls.faults(), Broadcast.PATIENCE,
            () -> hls.segments().size() >= before + more && hlsOfFfmpeg.segments().size() >= beforeOfFfmpeg + more);
    }

    void awaitPictures(int more) {
        int before = player.count(Kind.VIDEO);
        Await.until(() -> "pictures go on coming: " + player.ended(), Broadcast.PATIENCE, () -> player.count(Kind.VIDEO) >= before + more);
    }

    /** No connection was closed, no request failed, every listed segment has the bytes that it had, and pictures go on. */
    void checkNobodyNoticed() throws Exception {
        assertEquals(connections, connections(), "connections that were closed or opened again: wanted those of the beginning, number=port");
        assertEquals(List.of(), closings(), "connections that the server closed");
        assertTrue(broadcast.ffmpeg().running(), () -> "ffmpeg still publishes: " + broadcast.ffmpeg().errors());
        assertEquals("", player.ended());
        assertEquals("", playerOfFfmpeg.ended());
        assertEquals("", broadcast.publisher().ended());
        for (HlsViewer viewer : hlsViewers()) {
            assertEquals(1, viewer.localPorts().size(), () -> "HLS keeps its one connection alive; ports so far: " + viewer.localPorts());
            assertEquals(List.of(), viewer.refetchListed());
        }
        if (browser != null) {
            checkBrowser();
        }
    }

    private void checkBrowser() throws Exception {
        assertEquals(List.of(), browser.failures());
        assertEquals(stallsAtFirst, stalls(), "hls.js reports no stall");
        int seen = decoded();
        Await.until("the browser's picture moves on", Broadcast.PATIENCE, () -> decoded() > seen);
    }

    /** Every payload once and only once, in order, with its time. @param atLeast of each kind */
    void checkEveryPayload(int atLeast) {
        for (Kind kind : List.of(Kind.VIDEO, Kind.AUDIO)) {
            broadcast.publisher().ledger().requireExact("the RTMP player", kind, player.frames(kind), atLeast);
            broadcast.publisher().ledger().requireExact("the HLS viewer", kind, hls.frames(kind), atLeast);
        }
        assertEquals(List.of(), player.faults());
        assertEquals(List.of(), playerOfFfmpeg.faults());
        assertEquals(List.of(), hls.faults());
        assertEquals(List.of(), hlsOfFfmpeg.faults());
    }

    /** Both versions of RTMP and of HLS have shown their own bytes. */
    void checkBothVersionsWereOnTheWire() {
        assertTrue(player.chunkSizes().stream().distinct().count() > 1, () -> "chunk sizes of both versions came: " + player.chunkSizes());
        Set<Long> intervals = hls.segments().stream().map(s -> Math.round((double) s.facts().packets() / Math.max(1, s.facts().pats())))
            .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(intervals.size() > 1, () -> "packets per PAT of both versions: " + intervals);
    }

    /** All of RTMP, and those that the HLS viewers keep alive; a browser opens and closes its own as it likes. */
    private Map<Long, Integer> connections() throws IOException {
        Set<Integer> ports = hlsViewers().stream().flatMap(v -> v.localPorts().stream()).collect(Collectors.toSet());
        Map<Long, Integer> all = new TreeMap<>(broadcast.connections("http/1.1"));
        all.values().retainAll(ports);
        all.putAll(broadcast.connections("rtmp"));
        return all;
    }

    /** What the server says of connections that it closed itself, a browser's too; one without a request for a minute may go. */
    private List<String> closings() {
        return broadcast.server().log().lines().skip(logLines).filter(l -> l.contains(" closed (play ") || l.contains(" closed (publish "))
            .filter(l -> !l.contains(": the peer left;") && !l.contains(": no request for ")).toList();
    }

    private int stalls() throws Exception {
        return browser.evaluate("Number(document.querySelector('video').dataset.stalls || 0)").asInt();
    }

    private int decoded() throws Exception {
        return browser.evaluate("(() => { const v = document.querySelector('video'); return v ? v.getVideoPlaybackQuality().totalVideoFrames : 0; })()").asInt();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable c : new AutoCloseable[] {browser, hls, hlsOfFfmpeg, player, playerOfFfmpeg}) {
            if (c != null) {
                c.close();
            }
        }
    }
}
