package io.sluice.streams.internal;

import static io.sluice.streams.internal.FeedTest.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers of frames as they are. */
class FrameTest {
    private static final long FRAME_NANOS = 40_000_000;

    private final House house = new House(House.settings(), House.config("mine", "push://"));
    private final Camera camera = new Camera(house, "mine?key=K", 25);

    @AfterEach
    void nothingIsLeft() {
        house.close();
        assertEquals(0, house.allocator.metric().usedDirectMemory(), "direct memory");
        assertEquals(0, house.streams.memoryUsed(), "the budget");
    }

    @Test
    void aReaderBeginsWhereItSays() {
        camera.write(110);
        FrameViewer live = FrameViewer.of(house, "mine", ReadFrom.LIVE);
        FrameViewer oldest = FrameViewer.of(house, "mine", ReadFrom.OLDEST);
        FrameViewer past = FrameViewer.of(house, "mine", new ReadFrom(60 * FRAME_NANOS));
        FrameViewer longGone = FrameViewer.of(house, "mine", new ReadFrom(-1));
        FrameViewer toCome = FrameViewer.of(house, "mine", new ReadFrom(160 * FRAME_NANOS));
        camera.write(50);
        house.settle();
        assertEquals(List.of(), toCome.got());
        camera.write(10);
        house.settle();
        assertEquals(numbers(100, 170), live.got());
        assertEquals(numbers(0, 170), oldest.got());
        assertEquals(numbers(50, 170), past.got());
        assertEquals(numbers(0, 170), longGone.got());
        assertEquals(numbers(150, 170), toCome.got());
    }

    @Test
    void oneThatWaitsIsAsFarBehindAsTheBufferReachesAndGetsAll() {
        camera.frameBytes(10_000).write(1);
        FrameViewer slow = FrameViewer.of(house, "mine", ReadFrom.LIVE);
        slow.hold(true);
        camera.write(700);
        house.settle();
        assertTrue(house.allocator.metric().usedDirectMemory() < 8 << 20, "it holds nothing beside the buffer");
        slow.hold(false);
        slow.await(700);
        assertEquals(numbers(0, 701), slow.got());
        assertEquals(0, house.streams.info("mine").framesSkipped());
    }

    @Test
    void furtherBehindItGoesOnAtAKeyFrameAndThatIsCounted() {
        camera.frameBytes(10_000).write(1);
        FrameViewer slow = FrameViewer.of(house, "mine", ReadFrom.LIVE);
        slow.hold(true);
        camera.write(5000);
        house.settle();
        assertTrue(house.allocator.metric().usedDirectMemory() < 9 << 20, () -> house.allocator.metric().usedDirectMemory() + " bytes are held");
        slow.hold(false);
        slow.await(5000);
        house.tick();
        List<Long> got = slow.got();
        long skipped = house.streams.info("mine").framesSkipped();
        assertTrue(skipped > 4000, skipped + " skipped");
        assertEquals(5001 - skipped, got.size());
        assertEquals(5000, got.get(got.size() - 1));
        for (int i = 1; i < got.size(); i++) {
            assertTrue(got.get(i) == got.get(i - 1) + 1 || got.get(i) % 25 == 0, "goes on at " + got.get(i));
        }
    }

    @Test
    void theEndIsToldWhenTheRestHasBeenTaken() {
        camera.frameBytes(10_000).write(1);
        FrameViewer slow = FrameViewer.of(house, "mine", ReadFrom.LIVE);
        slow.hold(true);
        camera.write(500);
        camera.close();
        house.clock.forwardMillis(10_001);
        house.tick();
        assertTrue(house.streams.memoryUsed() > 4_000_000, "the rest counts as media in memory");
        assertEquals(null, slow.ended());
        slow.hold(false);
        slow.await(500);
        assertEquals(numbers(0, 501), slow.got());
        assertEquals("the publisher did not come back", slow.ended());
    }

    @Test
    void aPublisherThatComesBackGoesOnInANewEpoch() {
        camera.write(10);
        FrameViewer viewer = FrameViewer.of(house, "mine", ReadFrom.LIVE);
        camera.close();
        house.settle();
        new Camera(house, "mine?key=K", 25).write(10);
        house.settle();
        assertEquals(numbers(0, 20), viewer.got());
        assertEquals(1, viewer.epochs().get(19) - viewer.epochs().get(9));
    }

    @Test
    void manyReadersOnAllLoopsMissNothingWhileTheyComeAndGo() {
        camera.apartNanos(1_000_000).write(10);
        camera.keepWriting(8000);
        List<FrameViewer> stay = IntStream.range(0, 6).mapToObj(i -> FrameViewer.of(house, "mine", ReadFrom.OLDEST)).toList();
        while (camera.written() < 8000) {
            FrameViewer.of(house, "mine", ReadFrom.LIVE).close();
            stay.forEach(v -> v.hold(camera.written() % 3 == 0));
        }
        stay.forEach(v -> v.hold(false));
        for (FrameViewer v : stay) {
            v.await(camera.written() - 1);
            assertEquals(numbers(0, camera.written()), v.got());
        }
    }

    @Test
    void whoLeavesHoldsNothing() {
        camera.apartNanos(1_000_000).frameBytes(10_000).write(100);
        camera.keepWriting(3000);
        while (camera.written() < 3000) {
            FrameViewer viewer = FrameViewer.of(house, "mine", ReadFrom.OLDEST);
            viewer.hold(camera.written() % 2 == 0);
            viewer.close();
        }
        house.settle();
        assertTrue(house.allocator.metric().usedDirectMemory() <= house.streams.memoryUsed() + (1 << 20), () -> house.allocator.metric().usedDirectMemory() + " bytes are held");
    }

    @Test
    void framesAreAskedForOnceAndByOneVersion() {
        camera.write(1);
        Peer peer = house.peer();
        Reader reader = house.play(peer, "mine").join();
        peer.run(() -> reader.frames(ReadFrom.LIVE, () -> { }));
        assertThrows(IllegalStateException.class, () -> again(peer, reader));
        Reader next = house.streams.reader(peer.call(reader::handle), peer);
        assertThrows(IllegalStateException.class, () -> again(peer, next));
        house.settle();
    }

    private static void again(Peer peer, Reader reader) {
        CompletableFuture<RuntimeException> thrown = new CompletableFuture<>();
        peer.run(() -> {
            try {
                reader.frames(ReadFrom.LIVE, () -> { });
                thrown.complete(null);
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
        if (thrown.join() != null) {
            throw thrown.join();
        }
    }
}
