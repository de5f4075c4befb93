package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.source.SourceRequest;
import io.sluice.api.source.StreamSource;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.Triggers;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variables;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The core's events, each where it belongs, with the payload of its table's line. */
class TriggerTest {
    private final House house = new House(House.settings(), House.config("mine", "push://"), House.config("other", "push://"), House.config("pulled", "toy://x"));
    private final Answers triggers = new Answers();
    private final List<String> pulled = new CopyOnWriteArrayList<>();
    private SourceRequest source;

    @BeforeEach
    void elect() {
        house.plugins.elect(Triggers.class, Triggers.NAME, triggers);
        house.plugins.elect(StreamSource.class, "toy", request -> {
            source = request;
            pulled.add(request.uri().toString());
            return () -> { };
        });
    }

    @AfterEach
    void stop() {
        house.close();
        assertEquals(0, house.plugins.uses.get(), "uses of plugins");
    }

    private CompletableFuture<Publisher> rtmp(Peer peer, String name) {
        CompletableFuture<Publisher> answer = peer.ask(() -> house.streams.publish(PublishRequest.of(peer, "rtmp", Credentials.of(name), "rtmp://host/live/" + name, "OBS")));
        house.settle();
        return answer;
    }

    private static Denied denied(CompletableFuture<?> answer) {
        return (Denied) assertThrows(CompletionException.class, answer::join).getCause();
    }

    @Test
    void oneBroadcastFromItsBeginningToItsEnd() {
        Camera camera = new Camera(house, "mine?key=K", 5);
        camera.write(10);
        Peer viewer = house.peer();
        house.play(viewer, "mine").join();
        house.tick();
        viewer.end();
        camera.close();
        house.tick();
        house.clock.forwardMillis(11_000);
        house.tick();
        assertEquals(List.of("mine|127.0.0.1|test|test://host/mine?key=K"), triggers.of("STREAM_PUSH"));
        assertEquals(List.of("mine"), triggers.of("STREAM_LOAD"));
        assertEquals(List.of("mine|test"), triggers.of("STREAM_READY"));
        assertEquals(List.of("mine|127.0.0.1|test|test://host/mine?key=K", "mine|127.0.0.1|test|test://host/mine"), triggers.of("CONN_OPEN"));
        assertEquals(List.of("mine|127.0.0.1|test|test://host/mine"), triggers.of("CONN_PLAY"));
        assertEquals(List.of("mine|127.0.0.1|test"), triggers.of("CONN_STOP"));
        assertEquals(List.of("mine|127.0.0.1|test|test://host/mine"), triggers.of("CONN_CLOSE"));
        assertEquals(1, triggers.of("LIVE_TRACK_LIST").size());
        assertTrue(triggers.of("LIVE_TRACK_LIST").get(0).startsWith("mine|{\"video_H264_0\":{\"codec\":\"H264\""), () -> triggers.of("LIVE_TRACK_LIST").toString());
        assertEquals(List.of("mine|"), triggers.of("STREAM_UNLOAD"));
        List<String> buffer = triggers.of("STREAM_BUFFER").stream().map(p -> p.split("\\|")[1]).toList();
        assertEquals(List.of("FULL", "DRY", "EMPTY"), buffer, () -> triggers.of("STREAM_BUFFER").toString());
        assertEquals(1, triggers.of("STREAM_END").size());
        assertTrue(triggers.of("STREAM_END").get(0).matches("mine\\|0\\|0\\|1\\|1\\|0\\|\\d+"), () -> triggers.of("STREAM_END").toString());
        assertFalse(triggers.of("LIVE_BANDWIDTH").stream().anyMatch(p -> !p.matches("mine\\|\\d+")));
    }

    @Test
    void eachNoIsAClearDenial() {
        triggers.no("STREAM_PUSH");
        Denied no = denied(house.publish(house.peer(), "mine?key=K"));
        assertEquals(Denied.Reason.SESSION, no.reason());
        assertEquals("refused by the trigger STREAM_PUSH: the test", no.getMessage());
        triggers.answers.clear();
        triggers.no("STREAM_LOAD");
        assertEquals("a trigger does not let mine load", denied(house.publish(house.peer(), "mine?key=K")).getMessage());
        triggers.answers.clear();
        new Camera(house, "mine?key=K", 5).write(1);
        for (String type : List.of("CONN_OPEN", "CONN_PLAY")) {
            triggers.no(type);
            assertEquals("refused by the trigger " + type + ": the test", denied(house.play(house.peer(), "mine")).getMessage());
            triggers.answers.clear();
        }
        assertEquals(0, house.streams.info("mine").viewers());
    }

    @Test
    void strangersMakeNobodyAsk() {
        denied(house.publish(house.peer(), "mine?key=wrong"));
        denied(house.play(house.peer(), "nobodys"));
        assertEquals(List.of(), triggers.heard.stream().map(e -> e.type()).filter(t -> !t.equals("PUSH_REWRITE") && !t.equals("DEFAULT_STREAM")).toList());
    }

    @Test
    void publishersAreSentElsewhere() {
        triggers.text("PUSH_REWRITE", "other");
        assertEquals("other", rtmp(house.peer(), "mine?key=K").join().stream());
        assertEquals(List.of("rtmp://host/live/mine?key=K|127.0.0.1|mine"), triggers.of("PUSH_REWRITE"));
        assertEquals(List.of("rtmp://host/live/mine?key=K|127.0.0.1"), triggers.of("RTMP_PUSH_REWRITE"));
        triggers.answers.clear();
        triggers.text("RTMP_PUSH_REWRITE", "rtmp://elsewhere/app/mine?key=K");
        assertEquals("mine", rtmp(house.peer(), "unknown?key=wrong").join().stream());
        triggers.text("RTMP_PUSH_REWRITE", " ");
        assertEquals(Denied.Reason.SESSION, denied(rtmp(house.peer(), "mine?key=K")).reason());
        triggers.text("RTMP_PUSH_REWRITE", "nonsense");
        assertEquals(Denied.Reason.NAME, denied(rtmp(house.peer(), "mine?key=K")).reason());
        triggers.answers.clear();
        triggers.text("PUSH_REWRITE", "");
        assertEquals(Denied.Reason.SESSION, denied(rtmp(house.peer(), "mine?key=K")).reason());
    }

    @Test
    void viewersOfNothingAreAskedAboutOnce() {
        new Camera(house, "other?key=K", 5).write(1);
        triggers.text("DEFAULT_STREAM", "other");
        assertEquals("other", house.play(house.peer(), "mine").join().stream());
        assertEquals(List.of("|mine|127.0.0.1|test|test://host/mine"), triggers.of("DEFAULT_STREAM"));
        triggers.text("DEFAULT_STREAM", "");
        assertEquals(Denied.Reason.OFFLINE, denied(house.play(house.peer(), "mine")).reason());
    }

    @Test
    void anAnswerThatComesLateIsWaitedForOnNoLoop() {
        CompletableFuture<TriggerAnswer> late = new CompletableFuture<>();
        triggers.answers.put("STREAM_PUSH", late);
        CompletableFuture<Publisher> waits = house.publish(house.peer(), "mine?key=K");
        assertFalse(waits.isDone());
        house.publish(house.peer(), "other?key=wrong");
        late.complete(new TriggerAnswer(true, "yes", ""));
        house.settle();
        assertEquals("mine", waits.join().stream());
    }

    private void media() {
        source.loop().execute(() -> {
            source.publisher().tracks(List.of(House.VIDEO));
            source.publisher().write(0, 3_000_000_000L, 3_000_000_000L, true, Unpooled.wrappedBuffer(new byte[100]));
        });
        house.settle();
    }

    @Test
    void aSourceMayBeReplacedAndRefused() {
        triggers.text("STREAM_SOURCE", "toy://y");
        CompletableFuture<Reader> waits = house.play(house.peer(), "pulled");
        Await.until(() -> !pulled.isEmpty(), () -> "it is pulled");
        media();
        waits.join();
        assertEquals(List.of("toy://y"), pulled);
        assertEquals(List.of("pulled|toy"), triggers.of("STREAM_READY"));
    }

    @Test
    void aSourceThatMayNotLoadIsNotPulled() {
        triggers.no("STREAM_LOAD");
        Denied no = denied(house.play(house.peer(), "pulled"));
        assertEquals("pulled cannot be played: a trigger does not let it load", no.getMessage());
        assertEquals(List.of(), pulled);
    }

    @Test
    void aStreamThatMayNotUnloadStays() {
        triggers.no("STREAM_UNLOAD");
        Peer viewer = house.peer();
        CompletableFuture<Reader> waits = house.play(viewer, "pulled");
        Await.until(() -> !pulled.isEmpty(), () -> "it is pulled");
        media();
        waits.join();
        viewer.end();
        house.clock.forwardMillis(31_000);
        house.tick();
        house.tick();
        assertEquals(StreamInfo.State.LIVE, house.streams.info("pulled").state());
        assertEquals(List.of("pulled|toy"), triggers.of("STREAM_UNLOAD"));
        triggers.answers.clear();
        house.clock.forwardMillis(31_000);
        house.tick();
        assertEquals(StreamInfo.State.OFFLINE, house.streams.info("pulled").state());
    }

    @Test
    void aStreamThatIsTooMuchIsEnded() {
        Camera camera = new Camera(house, "mine?key=K", 5);
        camera.write(10);
        triggers.no("LIVE_BANDWIDTH");
        house.clock.forwardMillis(2000);
        camera.write(10);
        house.tick();
        house.clock.forwardMillis(2000);
        house.tick();
        assertEquals(List.of("the trigger LIVE_BANDWIDTH says no"), camera.ends());
    }

    @Test
    void sourcesAndFallbacksAreMadeOfVariables() {
        Variables variables = (Variables) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Variables.class}, (p, m, args) -> {
            Map<?, ?> context = (Map<?, ?>) args[1];
            String text = ((String) args[0]).replace("$stream", context.get("stream").toString()).replace("$show", "other");
            return new Expansion(text, text.contains("$") ? "unknown name in " + text : "");
        });
        house.plugins.elect(Variables.class, Variables.NAME, variables);
        StreamConfig mine = House.config("mine", "push://");
        house.streams.configured(List.of(House.config("clip", "toy://$stream/$show"), House.config("bad", "toy://$nobody"), House.config("other", "push://"),
            new StreamConfig("mine", "push://", false, "$show", 50_000, 8 << 20, 10_000, true, 0, 1900, 6, 0, 40, mine.publishKeys())));
        house.play(house.peer(), "clip+7");
        Await.until(() -> !pulled.isEmpty(), () -> "it is pulled");
        assertEquals(List.of("toy://clip+7/other"), pulled);
        house.play(house.peer(), "bad");
        house.tick();
        assertTrue(house.streams.info("bad").problem().contains("unknown name"), house.streams.info("bad").problem());
        new Camera(house, "other?key=K", 5).write(1);
        assertEquals("other", house.play(house.peer(), "mine").join().stream());
        assertEquals("other", house.streams.info("mine").fallback());
    }

    @Test
    void theSessionEngineIsAskedBeforeTheTriggers() {
        Collator engine = new Collator();
        house.plugins.elect(SessionEngine.class, SessionEngine.NAME, "io.sluice.sessions", engine);
        Await.until(() -> engine.visits != null, () -> "the engine begins");
        engine.answer = v -> CompletableFuture.failedFuture(new Denied(Denied.Reason.TOKEN, "over"));
        denied(house.publish(house.peer(), "mine?key=K"));
        assertEquals(List.of(), triggers.of("STREAM_PUSH"));
        assertEquals(List.of(), triggers.of("CONN_OPEN"));
    }
}
