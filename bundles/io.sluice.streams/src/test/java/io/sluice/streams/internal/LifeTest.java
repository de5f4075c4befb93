package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.StreamInfo.State;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifeTest {
    private final House house = new House(House.settings(), House.config("mine", "push://"), House.config("other", "push://"));

    @AfterEach
    void nothingIsLeft() {
        house.close();
        assertEquals(0, house.allocator.metric().usedDirectMemory(), "direct memory");
        assertEquals(0, house.streams.memoryUsed(), "the budget");
    }

    private static Denied denied(CompletableFuture<?> answer) {
        return (Denied) assertThrows(CompletionException.class, answer::join).getCause();
    }

    @Test
    void aPublisherThatReturnsWithinTheGraceTimeGoesOnWithSequenceAndTimeline() {
        Camera first = new Camera(house, "mine?key=K", 5);
        first.write(10);
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        first.peer.end();
        house.tick();
        assertEquals(State.GRACE, house.streams.info("mine").state());
        house.clock.forwardMillis(9000);
        Camera second = new Camera(house, "mine?key=K", 5);
        second.write(6);
        house.tick();
        assertEquals(State.LIVE, house.streams.info("mine").state());
        assertEquals(FeedTest.numbers(5, 16), viewer.got());
        assertEquals(1, house.streams.info("mine").tracks().epoch());
        assertEquals(15 * 40, house.streams.info("mine").lastMillis(), "the clock began again and was put behind the last frame");
    }

    @Test
    void aPublisherThatStaysAwayEndsTheStream() {
        Camera camera = new Camera(house, "mine?key=K", 5);
        camera.write(10);
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        camera.close();
        house.clock.forwardMillis(10_000);
        house.tick();
        assertEquals(State.OFFLINE, house.streams.info("mine").state());
        assertEquals("the publisher did not come back", viewer.ended());
        assertEquals(Denied.Reason.OFFLINE, denied(house.play(house.peer(), "mine")).reason());
        new Camera(house, "mine?key=K", 5).write(1);
        house.tick();
        assertEquals(0, house.streams.info("mine").tracks().epoch());
    }

    @Test
    void withoutResumeViewersAreEndedAtOnce() {
        StreamConfig c = House.config("mine", "push://");
        house.streams.configured(List.of(new StreamConfig(c.name(), c.source(), false, "", c.bufferMillis(), c.bufferBytes(), c.graceMillis(), false, 0, 1900, 6, 0, 40, List.of())));
        Camera camera = new Camera(house, "mine?key=K", 5);
        camera.write(10);
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        camera.close();
        house.settle();
        assertTrue(viewer.ended().startsWith("the publisher test 127.0.0.1:"), viewer.ended());
    }

    @Test
    void aSecondPublisherIsRefusedWhileTheFirstWritesAndTakesOverWhenItIsSilent() {
        Camera first = new Camera(house, "mine?key=K", 5);
        first.write(10);
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        house.clock.forwardMillis(2999);
        Denied busy = denied(house.publish(house.peer(), "mine?key=K"));
        assertEquals(Denied.Reason.BUSY, busy.reason());
        assertTrue(busy.getMessage().startsWith("mine is being published by test 127.0.0.1:"), busy.getMessage());
        assertTrue(busy.getMessage().endsWith("; media flows"), busy.getMessage());
        house.clock.forwardMillis(1);
        assertEquals(Denied.Reason.KEY, denied(house.publish(house.peer(), "mine?key=wrong")).reason());
        Camera second = new Camera(house, "mine?key=K", 5);
        assertTrue(first.ends().get(0).startsWith("taken over by test 127.0.0.1:"), first.ends().toString());
        first.write(3);
        second.write(5);
        house.settle();
        assertEquals(FeedTest.numbers(5, 15), viewer.got());
        first.peer.end();
        second.write(1);
        house.settle();
        assertEquals(16, viewer.got().get(viewer.got().size() - 1) + 1);
    }

    @Test
    void manyPublishersOnSeveralLoopsAfterOneAnotherNeverOverlap() {
        Viewer viewer = null;
        for (int i = 0; i < 30; i++) {
            Camera camera = new Camera(house, "mine?key=K", 5);
            camera.write(5);
            viewer = viewer == null ? new Viewer(house, "mine", new Numbers(1, house.allocator)) : viewer;
            camera.close();
        }
        house.settle();
        assertEquals(FeedTest.numbers(0, 150), viewer.got());
    }

    @Test
    void anotherVersionTakesThePublisherByItsHandleAndTheOldObjectIsVoid() {
        Camera camera = new Camera(house, "mine?key=K", 5);
        camera.write(5);
        Handle handle = camera.publisher.handle();
        assertThrows(IllegalArgumentException.class, () -> house.streams.publisher(handle, house.peer()));
        assertThrows(IllegalArgumentException.class, () -> house.streams.publisher(new Handle(4711), camera.peer));
        Publisher next = camera.peer.call(() -> house.streams.publisher(handle, camera.peer));
        camera.write(1);
        ByteBuf payload = Unpooled.wrappedBuffer(new byte[10]);
        camera.peer.run(() -> next.write(0, 400_000_000, 400_000_000, false, payload));
        camera.write(1);
        camera.close();
        house.tick();
        assertEquals(7, house.streams.info("mine").framesIn());
        assertEquals(State.LIVE, house.streams.info("mine").state());
        camera.peer.run(next::close);
        house.settle();
        assertEquals(State.GRACE, house.streams.info("mine").state());
        assertThrows(IllegalArgumentException.class, () -> house.streams.publisher(handle, camera.peer));
        payload.release();
    }

    @Test
    void aReaderHandleOpensNothingOnAnotherConnectionOrAfterTheClose() {
        new Camera(house, "mine?key=K", 5).write(5);
        Peer peer = house.peer();
        Reader reader = house.play(peer, "mine").join();
        Handle handle = reader.handle();
        assertThrows(IllegalArgumentException.class, () -> house.streams.reader(handle, house.peer()));
        peer.run(() -> house.streams.reader(handle, peer).close());
        assertThrows(IllegalArgumentException.class, () -> house.streams.reader(handle, peer));
        assertEquals(0, house.streams.info("mine").viewers());
    }

    @Test
    void aViewerWaitsForTheFirstKeyFrameOfAPublisherThatHasJustBegun() {
        Camera camera = new Camera(house, "mine?key=K", 5);
        CompletableFuture<Reader> answer = house.play(house.peer(), "mine");
        house.tick();
        assertFalse(answer.isDone());
        camera.write(1);
        assertEquals("mine", answer.join().stream());
        CompletableFuture<Reader> late = house.play(house.peer(), "other");
        assertEquals(Denied.Reason.OFFLINE, denied(late).reason());
        new Camera(house, "other?key=K", 5);
        CompletableFuture<Reader> never = house.play(house.peer(), "other");
        house.settle();
        house.clock.forwardMillis(10_001);
        house.tick();
        assertEquals("other has no media yet: no media has come yet", denied(never).getMessage());
    }

    @Test
    void aPeerThatLeavesTakesItsQuestionBack() {
        Camera camera = new Camera(house, "mine?key=K", 5);
        Peer peer = house.peer();
        CompletableFuture<Reader> answer = house.play(peer, "mine");
        peer.end();
        camera.write(1);
        house.settle();
        assertTrue(answer.isCompletedExceptionally());
        assertEquals(0, house.streams.info("mine").viewers());
    }

    @Test
    void aChangedConfigurationDisturbsNobody() {
        Camera camera = new Camera(house, "mine?key=K", 5);
        camera.write(100);
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        StreamConfig c = House.config("mine", "push://");
        house.streams.configured(List.of(new StreamConfig("mine", "push://", false, "", 1000, 1 << 20, 5000, true, 0, 1900, 6, 1, 40, List.of("new"))));
        house.settle();
        for (int i = 0; i < 10; i++) {
            camera.write(10);
            house.settle();
        }
        house.tick();
        assertEquals(FeedTest.numbers(95, 200), viewer.got());
        assertTrue(house.streams.info("mine").lastMillis() - house.streams.info("mine").firstMillis() < 1300, "the ring follows");
        assertEquals(Denied.Reason.LIMIT, denied(house.play(house.peer(), "mine")).reason());
        assertEquals(c.name(), house.streams.info("mine").configuration());
        house.streams.configured(List.of());
        camera.write(5);
        house.settle();
        assertEquals(205, viewer.got().get(viewer.got().size() - 1) + 1);
    }

    @Test
    void theInfoSaysWhatKeepsAStreamFromWorking() {
        Camera camera = new Camera(house, "mine?key=K", 1000);
        house.tick();
        assertEquals("no media has come yet", house.streams.info("mine").problem());
        camera.write(2);
        house.tick();
        assertEquals("", house.streams.info("mine").problem());
        house.clock.forwardMillis(12_000);
        camera.write(1);
        house.tick();
        assertEquals("no key frame for 12 s", house.streams.info("mine").problem());
        assertEquals("no stream is configured by this name", house.streams.info("nothing").problem());
        assertEquals(List.of("mine", "other"), house.streams.list().stream().map(i -> i.name()).toList());
    }

    @Test
    void aGroupOfPicturesLargerThanTheBufferIsSaidAndStaysBounded() {
        Camera camera = new Camera(house, "mine?key=K", 1000).frameBytes(100_000);
        camera.write(200);
        house.tick();
        assertTrue(house.streams.memoryUsed() <= 8 << 20, () -> house.streams.memoryUsed() + " bytes");
        assertTrue(house.streams.info("mine").problem().contains("new viewers wait for the next key frame"), house.streams.info("mine").problem());
    }
}
