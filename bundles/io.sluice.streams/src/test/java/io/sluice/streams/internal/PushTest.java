package io.sluice.streams.internal;

import static io.sluice.streams.internal.FeedTest.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.sluice.api.push.Output;
import io.sluice.api.push.Output.State;
import io.sluice.api.push.PushEngine;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.Visit;
import io.sluice.api.source.SourceRequest;
import io.sluice.api.source.StreamSource;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.trigger.Triggers;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variables;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of a push. */
class PushTest {
    private final House house = new House(House.settings(), House.config("mine", "push://"), House.config("other", "push://"), House.config("clip", "toy://x"));
    private final Catcher target = new Catcher();
    private final Director director = Director.of(house);
    private final Answers triggers = new Answers();

    PushTest() {
        house.plugins.elect(PushTarget.class, "file", target);
        house.plugins.elect(PushTarget.class, "toy", target);
        house.plugins.elect(Triggers.class, Triggers.NAME, triggers);
    }

    @AfterEach
    void nothingIsLeft() {
        if (target.hangs != null) {
            target.hangs.countDown();
        }
        house.close();
        assertEquals(0, house.allocator.metric().usedDirectMemory(), "direct memory");
        assertEquals(0, house.streams.memoryUsed(), "the budget");
        Await.until(() -> house.plugins.uses.get() == 0, () -> house.plugins.uses + " uses of plugins");
    }

    private Camera publish(String name) {
        Camera camera = new Camera(house, name + "?key=K", 25);
        camera.write(30);
        return camera;
    }

    @Test
    void oneFromItsStartToItsEnd() {
        Camera camera = publish("mine");
        Output started = director.start("MINE", "/srv/x.ts").join();
        assertEquals(State.RUNNING, started.state());
        assertEquals(List.of("mine", "/srv/x.ts", "/srv/x.ts", "entry"), List.of(started.stream(), started.target(), started.actual(), started.entry()));
        camera.write(10);
        assertEquals(numbers(25, 40), target.last().await(15).got());
        Output now = director.outputs.list().get(0);
        assertEquals(List.of(15L, 1500L, 560L, 0L), List.of(now.frames(), now.bytes(), now.mediaMillis(), now.skipped()));
        assertEquals(List.of("H.264 640x360"), now.tracks());
        assertEquals(0, house.streams.info("mine").viewers(), "a push is no viewer");
        assertTrue(director.outputs.stop(started.id(), "enough"));
        Output ended = director.ended(started.id());
        assertEquals(List.of("enough", false), List.of(ended.reason(), ended.failed()));
        assertEquals(List.of(State.STARTING, State.RUNNING, State.STOPPING, State.ENDED), director.states(started.id()));
        assertEquals(List.of(), director.outputs.list());
        assertFalse(director.outputs.stop(started.id(), "again"));
        assertEquals(List.of("mine|/srv/x.ts"), triggers.of("PUSH_OUT_START"));
        assertEquals(List.of("mine|/srv/x.ts|TS|1000|5|1000|1005|5000|2000|7000"), triggers.of("RECORDING_END"));
        assertEquals(List.of(started.id() + "|mine|/srv/x.ts|/srv/x.ts|[[1000,\"INFO\",\"runs to /srv/x.ts\"],[1000,\"INFO\",\"is to end: enough\"],[1000,\"INFO\",\"has ended: enough\"]]|{\"mediatime\":560,\"tracks\":[0],\"bytes\":1500,\"active_seconds\":0,\"pkt_loss_perc\":0,"
            + "\"pkt_loss_count\":0,\"pkt_retrans_count\":0}"), triggers.of("PUSH_END"));
    }

    @Test
    void theSameStreamToTheSamePlaceIsOnePush() {
        publish("mine");
        publish("other");
        Output first = director.start("mine", "/srv/x.ts").join();
        assertEquals(first.id(), director.start("mine", "/srv/x.ts").join().id());
        assertEquals(2, List.of(first.id(), director.start("other", "/srv/x.ts").join().id()).stream().distinct().count());
        director.outputs.stop(first.id(), "enough");
        Output again = director.start("mine", "/srv/x.ts").join();
        assertFalse(again.id().equals(first.id()), "one that is ending is waited for");
        director.ended(first.id());
        assertEquals(3, target.pushes.size());
    }

    @Test
    void aTriggerSendsItElsewhereOrNowhere() {
        publish("mine");
        triggers.text("PUSH_OUT_START", "toy://user:secret@host/app/name?token=abc");
        Output there = director.start("mine", "/srv/x.ts").join();
        assertEquals("toy", target.last().request.address().scheme());
        assertEquals("toy://user:secret@host/app/name?token=abc", target.last().request.address().target());
        assertEquals("toy://host/app/name?token=…", there.actual());
        triggers.text("PUSH_OUT_START", " ");
        assertEquals("refused by the trigger PUSH_OUT_START", director.refused("mine", "/srv/y.ts"));
        triggers.no("PUSH_OUT_START");
        assertEquals("refused by the trigger PUSH_OUT_START: the test", director.refused("mine", "/srv/z.ts"));
        assertEquals(1, director.outputs.list().size());
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() {
        assertEquals("no such stream yet: nobody publishes mine", director.refused("mine", "/srv/x.ts"));
        assertEquals("no stream is configured by the name nobodys", director.refused("nobodys", "/srv/x.ts"));
        publish("mine");
        assertEquals("no plugin pushes to 'none:'", director.refused("mine", "none://x"));
        assertEquals("wrong is wrong", director.refused("mine", "/srv/x.ts?wrong=1"));
        assertEquals("the target is empty", director.refused("mine", " "));
        target.fails = new IllegalArgumentException("the disk is full");
        assertEquals("the disk is full", director.refused("mine", "/srv/x.ts"));
        Await.until(() -> director.heard.stream().anyMatch(o -> o.state() == State.ENDED && o.failed() && o.reason().equals("the disk is full")), () -> "the engine heard " + director.heard);
        assertEquals(List.of("", "no plugin pushes to 'none:'", "wrong is wrong"), List.of("/srv/x.ts", "none://x", "toy://x?wrong=1&rate=1").stream().map(director.outputs::problem).toList());
    }

    @Test
    void onlyTheEngineOfPushesIsGivenThem() {
        Director stranger = new Director();
        house.plugins.elect(PushEngine.class, PushEngine.NAME, "com.example.pushes", stranger);
        house.plugins.elect(PushEngine.class, "other", "io.sluice.pushes", stranger);
        house.plugins.elect(PushEngine.class, PushEngine.NAME, "io.sluice.pushesfake", stranger);
        Await.until(() -> director.closed, () -> "the engine before is closed");
        assertNull(stranger.outputs);
    }

    @Test
    void anEngineThatIsReplacedLeavesItsPushesToTheNext() {
        publish("mine");
        Output running = director.start("mine", "/srv/x.ts").join();
        Director next = Director.of(house);
        Await.until(() -> director.closed, () -> "the engine before is closed");
        assertEquals(running.id(), next.outputs.list().get(0).id());
        assertFalse(director.outputs.stop(running.id(), "too late"));
        assertEquals("another version of the engine of pushes has taken over", director.refused("mine", "/srv/y.ts"));
        next.outputs.stop(running.id(), "enough");
        next.ended(running.id());
        assertFalse(director.states(running.id()).contains(State.ENDED), "it is told nothing any more");
    }

    @Test
    void aPublisherThatComesBackIsThePushsOwn() {
        Camera camera = publish("mine");
        String id = director.start("mine", "/srv/x.ts").join().id();
        camera.close();
        house.settle();
        new Camera(house, "mine?key=K", 25).write(30);
        assertEquals(numbers(25, 60), target.last().await(35).got());
        assertEquals(2, target.last().epochs().size());
        director.awaitStates(id, State.STARTING, State.RUNNING);
    }

    @Test
    void theEndOfTheStreamIsTheEndOfThePush() {
        Camera camera = publish("mine");
        String id = director.start("mine", "/srv/x.ts").join().id();
        target.last().hold(true);
        camera.write(20);
        camera.close();
        house.clock.forwardMillis(10_001);
        house.tick();
        target.last().hold(false);
        Output ended = director.ended(id);
        assertEquals(numbers(25, 50), target.last().got());
        assertEquals(List.of(false, "the publisher did not come back"), List.of(ended.failed(), ended.reason()));
    }

    @Test
    void itIsAVisitOfItsOwnKindWithItsBytes() {
        Collator sessions = new Collator();
        house.plugins.elect(SessionEngine.class, SessionEngine.NAME, "io.sluice.sessions", sessions);
        Await.until(() -> sessions.visits != null, () -> "sessions begin");
        publish("mine");
        String id = director.start("mine", "toy://user:secret@host/x").join().id();
        target.last().await(5);
        house.tick();
        Visit visit = sessions.visits.live().stream().filter(v -> v.facts().kind() == ConnectionKind.OUTPUT).findFirst().orElseThrow();
        assertEquals(List.of("mine", "toy", "toy://host/x", 500L), List.of(visit.facts().stream(), visit.facts().protocol(), visit.facts().url(), visit.bytesOut()));
        visit.end("the session was stopped");
        assertEquals("the session was stopped", director.ended(id).reason());
        assertTrue(sessions.visits.live().stream().noneMatch(v -> v.facts().kind() == ConnectionKind.OUTPUT));
    }

    @Test
    void anotherVersionOfTheTargetLeavesWhatRunsAndTheLastOneTakesItAlong() {
        publish("mine");
        String first = director.start("mine", "/srv/x.ts").join().id();
        Catcher next = new Catcher();
        house.plugins.elect(PushTarget.class, "file", next);
        String second = director.start("mine", "/srv/y.ts").join().id();
        assertEquals(List.of(1, 1), List.of(target.pushes.size(), next.pushes.size()));
        assertEquals(2, director.outputs.list().size());
        house.plugins.elect(PushTarget.class, "file", null);
        assertEquals("the plugin for file: goes away", director.ended(second).reason());
        director.awaitStates(first, State.STARTING, State.RUNNING);
    }

    @Test
    void aSourceIsStartedForItAndStaysAsLongAsItDoes() {
        List<SourceRequest> pulled = new CopyOnWriteArrayList<>();
        house.plugins.elect(StreamSource.class, "toy", request -> {
            pulled.add(request);
            return () -> { };
        });
        CompletableFuture<Output> start = director.start("clip", "/srv/x.ts");
        Await.until(() -> !pulled.isEmpty(), () -> "it is pulled");
        assertEquals(State.STARTING, director.outputs.list().get(0).state());
        CompletableFuture.runAsync(() -> {
            pulled.get(0).publisher().tracks(List.of(House.VIDEO));
            pulled.get(0).publisher().write(0, 0, 0, true, Unpooled.wrappedBuffer(new byte[10]));
        }, pulled.get(0).loop()).join();
        String id = start.join().id();
        house.clock.forwardMillis(60_000);
        house.tick();
        assertEquals(StreamInfo.State.LIVE, house.streams.info("clip").state());
        director.outputs.stop(id, "enough");
        director.ended(id);
        house.clock.forwardMillis(31_000);
        house.tick();
        assertEquals(StreamInfo.State.OFFLINE, house.streams.info("clip").state());
    }

    @Test
    void oneThatWaitsForItsStreamCanBeStopped() {
        house.plugins.elect(StreamSource.class, "toy", request -> () -> { });
        CompletableFuture<Output> start = director.start("clip", "/srv/x.ts");
        Await.until(() -> !director.outputs.list().isEmpty(), () -> "it is listed");
        director.outputs.stop(director.outputs.list().get(0).id(), "not any more");
        assertEquals(List.of(State.ENDED, "not any more", 0), List.of(start.join().state(), start.join().reason(), target.pushes.size()));
    }

    @Test
    void variablesAreValuesOfThePushAndMayBeAWholeTarget() {
        house.plugins.elect(Variables.class, Variables.NAME, (Variables) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Variables.class}, (p, m, args) -> {
            String text = ((String) args[0]).replace("$where", "toy://user:secret@host/x?token=1");
            for (Map.Entry<?, ?> e : ((Map<?, ?>) args[1]).entrySet()) {
                text = text.replace("$" + e.getKey(), (String) e.getValue());
            }
            return new Expansion(text, text.contains("$") ? "unknown name in " + text : "");
        }));
        publish("mine");
        Output first = director.start("mine", "/srv/$stream.ts?m3u8=$segmentCounter").join();
        assertEquals("/srv/mine.ts", first.actual());
        PushRequest request = target.last().request;
        assertEquals("/srv/$stream.ts", request.address().target());
        assertEquals("7 of mine", request.expand("$segmentCounter of $stream", Map.of("segmentCounter", "7")));
        assertThrows(IllegalArgumentException.class, () -> request.expand("$nobody", Map.of()));
        assertEquals(first.id(), director.start("mine", "/srv/mine.ts?m3u8=$segmentCounter").join().id());
        Output whole = director.start("mine", "$where").join();
        assertEquals(List.of("$where", "toy://host/x?token=…"), List.of(whole.target(), whole.actual()));
    }

    @Test
    void oneThatIsTooSlowGoesOnFurtherOnAndSaysSo() {
        Camera camera = new Camera(house, "mine?key=K", 25).frameBytes(10_000);
        camera.write(1);
        director.start("mine", "/srv/x.ts").join();
        target.last().hold(true);
        camera.write(3000);
        target.last().hold(false);
        Await.until(() -> target.last().got().contains(3000L), () -> "it goes on");
        house.tick();
        Output now = director.outputs.list().get(0);
        assertEquals(3001, now.frames() + now.skipped());
        assertTrue(now.skipped() > 1000, now::toString);
        assertTrue(now.notes().get(1).endsWith(now.skipped() + " frames were jumped over: the target takes them too slowly"), now::toString);
    }

    @Test
    void oneThatHangsHoldsUpNobodyAndIsGivenUp() {
        publish("mine");
        target.hangs = new CountDownLatch(1);
        CompletableFuture<Output> hanging = director.start("mine", "/srv/hangs.ts");
        Catcher good = new Catcher();
        house.plugins.elect(PushTarget.class, "toy", good);
        director.start("mine", "toy://x").join();
        good.last().await(5);
        String id = director.outputs.list().get(0).id();
        assertEquals(State.STARTING, director.outputs.list().get(0).state());
        director.outputs.stop(id, "enough");
        house.settle();
        assertEquals(State.STOPPING, director.outputs.list().get(0).state());
        house.clock.forwardMillis(10_000);
        house.tick();
        assertEquals("it has not finished within 10 s", director.ended(id).reason());
        assertTrue(hanging.isCompletedExceptionally());
        assertSame(good.last(), good.pushes.get(0));
    }

    @Test
    void aTargetThatStillWritesHasTheTimeItNeedsToFinish() {
        publish("mine");
        String id = director.start("mine", "/srv/x.ts").join().id();
        target.last().await(5);
        target.hangs = new CountDownLatch(1);
        director.outputs.stop(id, "enough");
        house.settle();
        for (int i = 0; i < 5; i++) {
            house.clock.forwardMillis(9_000);
            target.last().request.progress().note("finished by " + i);
            house.tick();
        }
        assertEquals(State.STOPPING, director.outputs.list().get(0).state());
        assertTrue(director.outputs.list().get(0).notes().get(6).endsWith(" finished by 4"));
        target.hangs.countDown();
        assertFalse(director.ended(id).failed());
    }
}
