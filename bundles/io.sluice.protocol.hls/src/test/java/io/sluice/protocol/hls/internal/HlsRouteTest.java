package io.sluice.protocol.hls.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.Segment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HlsRouteTest {
    private final FakeCore core = new FakeCore();

    private FakeExchange serve(String method, String path) {
        FakeExchange exchange = new FakeExchange(method, path);
        new HlsRoute(core, Config.of(Map.of())).serve(exchange);
        return exchange;
    }

    private FakeExchange get(String path) {
        return serve("GET", path);
    }

    private static Segment segment(long sequence) {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.directBuffer().writeZero(376);
        return new Segment(SegmentPath.of(sequence, 2), sequence, 2 * Media.SECOND, 0, Media.WALL, false, "video/mp2t", data);
    }

    @Test
    void aPlaylistIsAnsweredAtOnceWhereThereAreSegments() {
        core.listed.add(segment(5));
        FakeExchange master = get("/hls/cam/index.m3u8");
        core.admit();
        assertEquals(200, master.status);
        assertEquals("application/vnd.apple.mpegurl", master.headers.get("content-type"));
        assertEquals("no-cache", master.headers.get("cache-control"));
        assertTrue(master.body.endsWith("\n0/index.m3u8\n"), master.body);
        assertEquals("cam", core.asked.credentials().name());
        assertEquals(0, core.open, "the reader is closed with the exchange");
        core.listed.get(0).data().release();
    }

    @Test
    void theFirstRequestWaitsForTheFirstSegment() {
        FakeExchange media = get("/hls/cam/0/index.m3u8");
        core.admit();
        assertEquals(0, media.status);
        assertEquals(1, core.open);
        core.add(segment(5));
        assertEquals(200, media.status);
        assertEquals(5, new PlaylistChecker(media.body).sequence);
        assertEquals(List.of(), media.timers, "no timer is left");
        assertEquals(0, core.open);
        core.listed.get(0).data().release();
    }

    @Test
    void waitingEndsWithASentence() {
        FakeExchange media = get("/hls/cam/0/index.m3u8");
        core.admit();
        media.timers.get(0).run();
        assertEquals(404, media.status);
        assertEquals("no segment of cam was finished within 10000 ms: no key frame came\n", media.body);
        core.add(segment(5));
        core.listed.get(0).data().release();
    }

    @Test
    void aStreamThatEndsMeanwhileIsNotWaitedFor() {
        FakeExchange media = get("/hls/cam/0/index.m3u8");
        core.admit().end();
        assertEquals(404, media.status);
        assertEquals(0, core.open);
    }

    @Test
    void anEndedStreamsPlaylistSaysEndlist() {
        core.listed.add(segment(5));
        core.ended = true;
        FakeExchange media = get("/hls/cam/0/index.m3u8");
        core.admit();
        assertTrue(new PlaylistChecker(media.body).ended);
        core.listed.get(0).data().release();
    }

    @Test
    void aSegmentIsTheStoresBytesAndCanBeReadAgainAndAgain() {
        core.listed.add(segment(5));
        FakeExchange first = get("/hls/cam/0/5-2s.ts");
        core.admit();
        FakeExchange second = get("/hls/cam/0/5-2s.ts");
        for (FakeExchange e : List.of(first, second)) {
            assertEquals(200, e.status);
            assertEquals("video/mp2t", e.headers.get("content-type"));
            assertEquals("public, max-age=60", e.headers.get("cache-control"));
            assertEquals(376, e.bytes);
        }
        assertEquals(1, core.listed.get(0).data().refCnt());
        core.listed.get(0).data().release();
    }

    @Test
    void aSegmentThatIsGoneIsSaidToBeGone() {
        FakeExchange gone = get("/hls/cam/0/4-2s.ts");
        core.admit();
        assertEquals(404, gone.status);
        assertEquals("segment 0/4-2s.ts of cam is not kept any more, or never was\n", gone.body);
    }

    @Test
    void theGatesNoIsSaidInItsWords() {
        FakeExchange offline = get("/hls/cam/index.m3u8");
        core.deny(Denied.Reason.OFFLINE, "no such stream yet: cam");
        assertEquals(404, offline.status);
        assertEquals("no such stream yet: cam\n", offline.body);
        assertEquals("text/plain; charset=utf-8", offline.headers.get("content-type"));
    }

    @Test
    void whatTransportStreamsCannotCarryIsRefusedByName() {
        core.tracks = new Tracks(0, List.of(Media.AV1, Media.OPUS));
        FakeExchange master = get("/hls/cam/index.m3u8");
        core.admit();
        assertEquals(406, master.status);
        assertTrue(master.body.startsWith("AV1 video cannot travel in MPEG-TS; Opus sound cannot travel in MPEG-TS"), master.body);
    }

    @Test
    void aPeerThatLeavesWhileTheGateThinksLeavesNoReaderBehind() {
        FakeExchange left = get("/hls/cam/index.m3u8");
        left.leave();
        core.admit();
        assertEquals(0, core.open);
        assertEquals(0, left.status);
    }

    @Test
    void aPeerThatLeavesWhileWaitingIsForgotten() {
        FakeExchange left = get("/hls/cam/index.m3u8");
        core.admit();
        left.leave();
        assertEquals(0, core.open);
        assertEquals(List.of(), left.timers);
        core.add(segment(1));
        assertEquals(0, left.status);
        core.listed.get(0).data().release();
    }

    @Test
    void everyAddressInAPlaylistSaysWhoAsks() {
        core.links = "tkn=a%26b";
        core.listed.add(segment(5));
        FakeExchange master = get("/hls/cam/index.m3u8");
        core.admit();
        assertTrue(master.body.endsWith("\n0/index.m3u8?tkn=a%26b\n"), master.body);
        assertTrue(get("/hls/cam/0/index.m3u8").body.endsWith("\n5-2s.ts?tkn=a%26b\n"));
        assertFalse(core.asked.cached());
        get("/hls/cam/0/5-2s.ts");
        assertTrue(core.asked.cached(), "a segment gets no cookie");
        core.listed.get(0).data().release();
    }

    @Test
    void aWrongTokenIsAskedForAnother() {
        FakeExchange media = get("/hls/cam/0/index.m3u8");
        core.deny(Denied.Reason.TOKEN, "the token is over");
        assertEquals(401, media.status);
        assertEquals("Bearer", media.added.get("www-authenticate"));
        assertEquals("the token is over\n", media.body);
    }

    @Test
    void whoIsEndedWhileHeWaitsIsToldWhy() {
        FakeExchange media = get("/hls/cam/0/index.m3u8");
        core.admit();
        core.cut.accept("not today");
        assertEquals(403, media.status);
        assertEquals("not today\n", media.body);
        assertEquals(0, core.open);
    }

    @Test
    void otherPathsAndMethodsAreRefused() {
        assertEquals(404, get("/hls/cam/0/x.ts").status);
        assertEquals(405, serve("POST", "/hls/cam/index.m3u8").status);
    }
}
