package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.Visit;
import io.sluice.api.source.SourceRequest;
import io.sluice.api.source.StreamSource;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.SegmentFormat;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is counted as whom, and what the session engine is asked when. */
class VisitTest {
    private final House house = new House(House.settings(), House.config("mine", "push://"), House.config("other", "push://"));
    private final Collator engine = new Collator();

    @AfterEach
    void stop() {
        house.close();
        assertEquals(0, house.plugins.uses.get(), "uses of plugins");
    }

    private void elect(SessionEngine now) {
        house.plugins.elect(SessionEngine.class, SessionEngine.NAME, "io.sluice.sessions", now);
        Await.until(() -> now != engine || engine.visits != null, () -> "the engine begins");
        house.settle();
    }

    private Camera publish() {
        Camera camera = new Camera(house, "mine?key=K", 5);
        camera.write(1);
        return camera;
    }

    private CompletableFuture<Reader> get(Request request, String stream) {
        Peer peer = (Peer) request.connection();
        CompletableFuture<Reader> answer = peer.ask(() -> house.streams.play(PlayRequest.of(request, "hls", Credentials.of(request, stream))));
        house.settle();
        return answer;
    }

    private static Denied denied(CompletableFuture<?> answer) {
        return (Denied) assertThrows(CompletionException.class, answer::join).getCause();
    }

    private List<Visit> live(ConnectionKind kind) {
        return engine.visits.live().stream().filter(v -> v.facts().kind() == kind).toList();
    }

    @Test
    void theEngineIsToldWhoAsksAndSaysWhatLinksCarry() {
        elect(engine);
        engine.headers = Set.of("x-forwarded-user");
        engine.answer = v -> CompletableFuture.completedFuture(new Admitted("id", Map.of("tkn", "new one"), List.of("tkn=new; Max-Age=600")));
        publish();
        Request request = new Request(house.peer(), "/hls/mine/index.m3u8?tkn=a&x=1");
        request.headers.putAll(Map.of("user-agent", "VLC", "cookie", "a=b", "x-forwarded-user", "me", "accept", "*/*"));
        request.address = "203.0.113.7";
        Reader reader = get(request, "MINE").join();
        assertEquals("tkn=new+one", reader.links());
        assertEquals(List.of("set-cookie: tkn=new; Max-Age=600"), request.added);
        Visit visit = live(ConnectionKind.VIEWER).get(0);
        assertEquals(List.of("mine", "203.0.113.7", "hls", "http://host/hls/mine/index.m3u8?tkn=a&x=1", "VLC", Map.of("tkn", "a", "x", "1"), Map.of("cookie", "a=b", "x-forwarded-user", "me")),
            List.of(visit.facts().stream(), visit.facts().address().getHostAddress(), visit.facts().protocol(), visit.facts().url(), visit.facts().userAgent(), visit.facts().parameters(),
                visit.facts().headers()));
        assertTrue(visit.admitted());
        assertSame(visit, ((Peer) request.connection()).account);
        assertEquals(ConnectionKind.INPUT, engine.entered.get(0).facts().kind());
    }

    @Test
    void whoIsKnownGetsHisReaderAtOnceAndIsOneViewerWhateverHeAsks() {
        elect(engine);
        publish();
        Peer peer = house.peer();
        Request first = new Request(peer, "/hls/mine/index.m3u8?tkn=a");
        get(first, "mine").join();
        first.end();
        Settings s = House.settings();
        house.streams.configured(new Settings("K", false, "", 0, 1, s.memoryBytes(), 10_000, 30_000, 3000, 15_000, 60_000, false, 20_000)); // no place for anybody else
        for (String path : List.of("/hls/mine/0/1.ts?tkn=a", "/hls/mine/0/2.ts?tkn=a")) {
            Request again = new Request(peer, path);
            int hops = peer.call(() -> {
                int before = house.tasks();
                house.streams.play(PlayRequest.of(again, "hls", Credentials.of(again, "mine"))).toCompletableFuture().getNow(null).stream();
                return house.tasks() - before;
            });
            assertEquals(0, hops, "tasks that a segment cost");
            again.end();
        }
        assertEquals(Denied.Reason.LIMIT, denied(get(new Request(peer, "/hls/mine/0/2.ts?tkn=b"), "mine")).reason(), "who is not known is");
        assertEquals(1, house.streams.info("mine").viewers());
        assertEquals(1, live(ConnectionKind.VIEWER).size());
        assertEquals(2, engine.entered.size(), "the publisher and the viewer");
        peer.end();
        house.settle();
        assertEquals(0, house.streams.info("mine").viewers());
        assertEquals(0, live(ConnectionKind.VIEWER).size());
        assertEquals(1, engine.visits.closed().size());
    }

    @Test
    void anotherTokenOrForwardedAddressOnTheSameConnectionIsAnotherVisit() {
        elect(engine);
        publish();
        Peer peer = house.peer();
        Request a = new Request(peer, "/1?tkn=a");
        Request b = new Request(peer, "/1?tkn=b");
        Request c = new Request(peer, "/2?tkn=a");
        c.address = "203.0.113.7";
        get(a, "mine").join();
        Object accountOfA = peer.account;
        get(b, "mine").join();
        assertNotSame(accountOfA, peer.account);
        get(c, "mine").join();
        assertEquals(3, live(ConnectionKind.VIEWER).size());
        get(new Request(peer, "/3?tkn=a"), "mine").join();
        assertSame(accountOfA, peer.account, "and back again");
        assertEquals(3, live(ConnectionKind.VIEWER).size());
        assertEquals(3, house.streams.info("mine").viewers());
    }

    @Test
    void theEnginesNoIsThePeersAndAnotherRequestAsksAgain() {
        elect(engine);
        publish();
        engine.answer = v -> CompletableFuture.failedFuture(new Denied(Denied.Reason.TOKEN, "this token is over"));
        Peer peer = house.peer();
        Denied no = denied(get(new Request(peer, "/a"), "mine"));
        assertEquals("this token is over", no.getMessage());
        assertEquals(List.of("may not watch mine: this token is over"), peer.complaints, "its connection goes on, so nothing else would say it");
        assertSame(live(ConnectionKind.VIEWER).get(0), peer.account, "its bytes are counted all the same");
        assertEquals("this token is over", denied(house.play(house.peer(), "mine")).getMessage());
        assertEquals(Denied.Reason.TOKEN, denied(house.publish(house.peer(), "other?key=K")).reason());
        engine.answer = v -> CompletableFuture.completedFuture(Admitted.WITHOUT_SESSION);
        get(new Request(peer, "/a"), "mine").join();
    }

    @Test
    void cheapRefusalsComeBeforeTheEngine() {
        elect(engine);
        assertEquals(Denied.Reason.OFFLINE, denied(house.play(house.peer(), "mine")).reason());
        assertEquals(Denied.Reason.UNKNOWN, denied(house.play(house.peer(), "nobodys")).reason());
        assertEquals(Denied.Reason.KEY, denied(house.publish(house.peer(), "mine?key=wrong")).reason());
        assertEquals(List.of(), engine.entered);
    }

    @Test
    void aQuestionWaitsForItsAnswerAndAPeerThatLeavesTakesItBack() {
        elect(engine);
        publish();
        CompletableFuture<Admitted> asked = new CompletableFuture<>();
        CompletableFuture<Admitted> other = new CompletableFuture<>();
        engine.answer = v -> v.facts().parameters().containsKey("b") ? other : asked;
        Peer peer = house.peer();
        CompletableFuture<Reader> one = get(new Request(peer, "/1"), "mine");
        CompletableFuture<Reader> two = get(new Request(peer, "/2"), "mine");
        assertEquals(2, engine.entered.size(), "the same visitor is asked for once");
        Peer leaves = house.peer();
        get(new Request(leaves, "/1?b=1"), "mine");
        leaves.end();
        assertTrue(other.isCancelled());
        asked.complete(Admitted.WITHOUT_SESSION);
        house.settle();
        assertTrue(one.isDone() && two.isDone());
        assertEquals(1, house.streams.info("mine").viewers());
    }

    @Test
    void whileTheEngineIsAwayThePolicyDecidesAndWhoIsInStays() {
        publish();
        Viewer early = new Viewer(house, "mine", new Numbers(1, house.allocator));
        elect(engine);
        assertEquals(2, engine.visits.live().size(), "who came before is there");
        assertTrue(engine.visits.live().stream().allMatch(Visit::admitted));
        assertEquals(List.of(), engine.entered);
        elect(null);
        assertTrue(engine.closed);
        Settings s = House.settings();
        house.streams.configured(new Settings("K", false, "", 0, 0, s.memoryBytes(), 10_000, 30_000, 3000, 15_000, 60_000, false, 20_000));
        assertEquals(Denied.Reason.SESSION, denied(house.play(house.peer(), "mine")).reason());
        assertNull(early.ended());
        house.streams.configured(House.settings());
        house.play(house.peer(), "mine").join();
    }

    @Test
    void whileTheServerStartsWhoAsksWaitsForTheEngine() {
        house.streams.engineIsDue(true);
        CompletableFuture<?> publisher = house.publish(house.peer(), "mine?key=K");
        assertFalse(publisher.isDone());
        engine.answer = v -> CompletableFuture.failedFuture(new Denied(Denied.Reason.TOKEN, "a token is wanted"));
        elect(engine);
        assertEquals("a token is wanted", denied(publisher).getMessage());
        elect(null);
        house.publish(house.peer(), "other?key=K").join(); // from now on the policy counts
    }

    @Test
    void whenTheEngineHasHadItsTimeThePolicyCounts() {
        house.streams.engineIsDue(true);
        CompletableFuture<?> publisher = house.publish(house.peer(), "mine?key=K");
        assertFalse(publisher.isDone());
        house.streams.engineIsDue(false);
        publisher.join();
        house.publish(house.peer(), "other?key=K").join();
    }

    @Test
    void whoAsksWhileTheServerStartsWaitsNoLongerThanElsewhere() {
        Settings s = House.settings();
        house.streams.configured(new Settings("K", false, "", 0, 0, s.memoryBytes(), 10_000, 30_000, 3000, 15_000, 60_000, false, 100));
        house.streams.engineIsDue(true);
        CompletableFuture<?> publisher = house.publish(house.peer(), "mine?key=K");
        Await.until(publisher::isDone, () -> "the time is over");
        assertEquals(Denied.Reason.SESSION, denied(publisher).reason());
    }

    @Test
    void anEngineThatFailsOrDoesNotAnswerIsLikeOneThatIsAway() {
        publish();
        elect(engine);
        engine.answer = v -> {
            throw new IllegalStateException("planted");
        };
        house.play(house.peer(), "mine").join();
        engine.answer = v -> null;
        house.play(house.peer(), "mine").join();
        engine.answer = v -> CompletableFuture.failedFuture(new IllegalStateException("planted"));
        house.play(house.peer(), "mine").join();
        Settings s = House.settings();
        house.streams.configured(new Settings("K", false, "", 0, 0, s.memoryBytes(), 10_000, 30_000, 3000, 15_000, 60_000, false, 100));
        engine.answer = v -> new CompletableFuture<>();
        CompletableFuture<Reader> never = house.play(house.peer(), "mine");
        Await.until(never::isDone, () -> "the time is over");
        assertEquals(Denied.Reason.SESSION, denied(never).reason());
    }

    @Test
    void questionsThatAnEngineLeavesOpenAreAskedAgainOfTheNext() {
        publish();
        elect(engine);
        engine.answer = v -> new CompletableFuture<>();
        CompletableFuture<Reader> waits = house.play(house.peer(), "mine");
        Collator next = new Collator();
        house.plugins.elect(SessionEngine.class, SessionEngine.NAME, "io.sluice.sessions", next);
        Await.until(() -> next.visits != null && engine.closed, () -> "the next one begins");
        Await.until(waits::isDone, () -> "it answers");
        assertEquals(1, next.entered.size());
    }

    @Test
    void anEngineOfAnotherBundleIsNotAsked() {
        publish();
        house.plugins.elect(SessionEngine.class, SessionEngine.NAME, "evil.sessions", engine);
        house.play(house.peer(), "mine").join();
        house.plugins.elect(SessionEngine.class, SessionEngine.NAME, "io.sluice.sessions.evil", engine);
        house.play(house.peer(), "mine").join();
        assertNull(engine.visits);
    }

    @Test
    void anEndedVisitEndsWhatRunsForItAndStaysOut() {
        elect(engine);
        Camera camera = publish();
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        Peer peer = house.peer();
        Reader reader = get(new Request(peer, "/1"), "mine").join();
        String[] told = new String[1];
        peer.run(() -> reader.onEnd(reason -> told[0] = reason));
        engine.visits.live().forEach(v -> v.end("not today"));
        house.settle();
        assertEquals("not today", viewer.ended());
        assertEquals("not today", told[0]);
        assertEquals(List.of("not today"), camera.ends());
        Denied no = denied(get(new Request(peer, "/2"), "mine"));
        assertEquals(List.of(Denied.Reason.SESSION, "not today"), List.of(no.reason(), no.getMessage()));
    }

    @Test
    void aPulledSourceIsAnInputWithoutAConnection() {
        elect(engine);
        house.streams.configured(List.of(House.config("pulled", "toy://user:secret@x/clip?a=b")));
        CompletableFuture<SourceRequest> pulled = new CompletableFuture<>();
        house.plugins.elect(StreamSource.class, "toy", request -> {
            pulled.complete(request);
            return () -> { };
        });
        CompletableFuture<Reader> waits = house.play(house.peer(), "pulled");
        SourceRequest source = pulled.join();
        source.loop().execute(() -> {
            source.publisher().tracks(List.of(House.VIDEO));
            source.publisher().write(0, 3_000_000_000L, 3_000_000_000L, true, Unpooled.wrappedBuffer(new byte[100]));
        });
        waits.join();
        Visit visit = live(ConnectionKind.INPUT).get(0);
        assertEquals(List.of("pulled", "toy", 0L, 100L), List.of(visit.facts().stream(), visit.facts().protocol(), visit.facts().connection(), visit.bytesIn()));
        assertFalse(visit.facts().url().contains("secret"));
        house.plugins.elect(StreamSource.class, "toy", null);
        house.settle();
        Await.until(() -> live(ConnectionKind.INPUT).isEmpty(), () -> "it is over");
        assertEquals(100, engine.visits.closed().iterator().next().bytesIn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"long", "header", "newline", "nul"})
    void whatIsTooLongOrHasControlCharactersIsRefusedBeforeAnybodyIsAsked(String what) {
        elect(engine);
        publish();
        Request request = new Request(house.peer(), "/1?tkn=" + switch (what) {
            case "long" -> "x".repeat(1 << 20);
            case "newline" -> "a\nb";
            case "nul" -> "a\0b";
            default -> "a";
        });
        request.headers.put("cookie", what.equals("header") ? "x".repeat(9000) : "");
        Denied no = denied(get(request, "mine"));
        assertEquals(Set.of("long", "header").contains(what) ? Denied.Reason.SIZE : Denied.Reason.SESSION, no.reason());
        assertTrue(no.getMessage().length() < 200, no.getMessage());
        assertEquals(1, engine.entered.size(), "the publisher alone");
    }

    @Test
    void pagesAreTheirVisitorsToo() {
        elect(engine);
        engine.answer = v -> CompletableFuture.completedFuture(new Admitted("id", Map.of("tkn", "t"), List.of()));
        Peer peer = house.peer();
        Request request = new Request(peer, "/json_mine.js");
        assertEquals("tkn=t", peer.ask(() -> house.streams.noted(request, "mine")).join());
        Visit visit = live(ConnectionKind.UNCLASSIFIED).get(0);
        assertEquals(List.of("http", "mine"), List.of(visit.facts().protocol(), visit.facts().stream()));
        assertSame(visit, peer.account);
        assertTrue(peer.call(() -> house.streams.noted(new Request(peer, "/json_mine.js"), "mine").toCompletableFuture().isDone()));
        engine.answer = v -> CompletableFuture.failedFuture(new Denied(Denied.Reason.SESSION, "no"));
        assertEquals("no", denied(peer.ask(() -> house.streams.noted(new Request(peer, "/x"), "other"))).getMessage());
    }

    /** A plugin could otherwise say that anybody sits behind its connection. */
    @Test
    void whatAPluginMadeItselfIsNoConnectionAndNoExchange() {
        publish();
        Peer peer = house.peer();
        Connection forged = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, (p, m, args) -> m.invoke(peer, args));
        assertThrows(IllegalArgumentException.class, () -> house.streams.play(PlayRequest.of(forged, "test", Credentials.of("mine"), "", "")));
        Request request = new Request(peer, "/1");
        HttpExchange wrapped = (HttpExchange) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {HttpExchange.class}, (p, m, args) -> m.invoke(request, args));
        assertThrows(IllegalArgumentException.class, () -> house.streams.play(PlayRequest.of(wrapped, "hls", Credentials.of("mine"))));
        assertThrows(IllegalArgumentException.class, () -> house.streams.noted(wrapped, "mine"));
        Request another = new Request(house.peer(), "/1");
        assertThrows(IllegalArgumentException.class, () -> house.streams.play(new PlayRequest(peer, another, "hls", Credentials.of("mine"), "", "", false)));
    }

    @Test
    void segmentsSayHowFarAViewerHasGot() {
        elect(engine);
        house.plugins.elect(SegmentFormat.class, "hls", new Toy("v", house.allocator, false));
        Camera camera = publish();
        Peer peer = house.peer();
        Reader reader = get(new Request(peer, "/1"), "mine").join();
        var segments = peer.call(() -> reader.segments("hls"));
        camera.write(200);
        house.settle();
        peer.run(() -> segments.find(segments.listed().get(0).path()).data().release());
        assertTrue(live(ConnectionKind.VIEWER).get(0).positionMillis() > 0);
        assertTrue(live(ConnectionKind.INPUT).get(0).positionMillis() > live(ConnectionKind.VIEWER).get(0).positionMillis());
    }
}
