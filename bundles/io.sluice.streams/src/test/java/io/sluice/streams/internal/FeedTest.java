package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.stream.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final House house = new House(House.settings(), House.config("mine", "push://"));

    @AfterEach
    void nothingIsLeft() {
        house.close();
        assertEquals(0, house.allocator.metric().usedDirectMemory(), "direct memory");
        assertEquals(0, house.streams.memoryUsed(), "the budget");
    }

    @Test
    void manyViewersOnSeveralLoopsGetEveryFrameOnceFromTheLastKeyFrameOn() {
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(60);
        List<Viewer> viewers = new ArrayList<>();
        Numbers format = new Numbers(1, house.allocator);
        for (int i = 0; i < 30; i++) {
            viewers.add(new Viewer(house, "mine", format));
        }
        camera.write(100);
        house.settle();
        for (Viewer v : viewers) {
            assertEquals(numbers(50, 160), v.got());
            assertEquals(1, v.headers());
            v.close();
        }
        house.settle();
    }

    @Test
    void anotherVersionGoesOnAtExactlyTheNextFrameUpAndDownWhileMediaFlows() {
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(30);
        List<Viewer> viewers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            viewers.add(new Viewer(house, "mine", new Numbers(0, house.allocator)));
        }
        Random random = new Random(7);
        for (int round = 1; round <= 20; round++) {
            camera.write(1 + random.nextInt(40));
            for (Viewer v : viewers) {
                v.hold(random.nextInt(3) == 0);
                camera.write(random.nextInt(3));
                v.handOver(new Numbers(round % 3, house.allocator));
            }
        }
        viewers.forEach(v -> v.hold(false));
        camera.write(10);
        house.settle();
        long last = house.streams.info("mine").framesIn();
        house.tick();
        last = house.streams.info("mine").framesIn();
        for (Viewer v : viewers) {
            assertEquals(missing(numbers(25, last), v.got()), List.of());
            assertEquals(numbers(25, last), v.got());
            assertEquals(1, v.headers());
        }
        assertEquals(0, house.streams.info("mine").framesSkipped());
        viewers.forEach(Viewer::close);
    }

    @Test
    void handoversRaceWithThePublisherOnItsOwnLoopAndNothingIsLostOrRepeated() {
        Camera camera = new Camera(house, "mine?key=K", 10).apartNanos(1_000_000); // faster than real time, and still within the lag that is allowed
        camera.write(15);
        List<Viewer> viewers = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            viewers.add(new Viewer(house, "mine", new Numbers(0, house.allocator)));
        }
        house.settle();
        camera.keepWriting(12_000);
        int round = 0;
        while (camera.written() < 12_000) {
            round++;
            for (Viewer v : viewers) {
                v.handOver(new Numbers(round % 4, house.allocator));
            }
        }
        house.settle();
        for (Viewer v : viewers) {
            assertTrue(numbers(10, camera.written()).equals(v.got()), () -> "a frame is missing or there twice among " + v.got().size());
        }
        assertTrue(round > 5, "only " + round + " rounds");
    }

    @Test
    void aViewerThatFailsIsClosedAndItsNeighboursGoOn() {
        Camera camera = new Camera(house, "mine?key=K", 10);
        camera.write(1);
        Viewer good = new Viewer(house, "mine", new Numbers(1, house.allocator));
        Peer bad = house.peerOn(good.peer);
        Reader reader = house.play(bad, "mine").join();
        bad.run(() -> reader.open(new Numbers(1, house.allocator), () -> {
            throw new IllegalStateException("as planned");
        }));
        house.settle();
        camera.write(5);
        house.settle();
        assertEquals(numbers(0, 6), good.got());
        assertEquals("internal error at reading mine", bad.closed);
    }

    @Test
    void whenTheStreamEndsViewersGetTheRestAndTheReason() {
        Camera camera = new Camera(house, "mine?key=K", 10);
        camera.write(1);
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        viewer.hold(true);
        camera.write(5);
        camera.close();
        house.clock.forwardMillis(10_001);
        house.tick();
        viewer.hold(false);
        assertEquals(numbers(0, 6), viewer.got());
        assertEquals("the publisher did not come back", viewer.ended());
    }

    @Test
    void twoHandoversInOneEventLoseNothing() {
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(30);
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        house.settle();
        viewer.hold(true);
        camera.write(20);
        viewer.peer.run(() -> {
            viewer.handOver(new Numbers(2, house.allocator), false);
            viewer.handOver(new Numbers(3, house.allocator), false);
            viewer.handOver(new Numbers(2, house.allocator), false);
        });
        camera.write(5);
        viewer.hold(false);
        house.settle();
        assertEquals(numbers(25, 55), viewer.got());
    }

    @Test
    void aSlowViewerGoesOnAtTheNewestKeyFrameAndCostsNoMoreThanTheWindow() {
        Camera camera = new Camera(house, "mine?key=K", 25).frameBytes(10_000);
        camera.write(26);
        Viewer viewer = new Viewer(house, "mine", new Numbers(1, house.allocator));
        house.settle();
        viewer.hold(true);
        for (int i = 0; i < 200; i++) {
            camera.write(25);
            house.settle();
        }
        // ring and window: 8 MB each, and a group of pictures that is being written
        assertTrue(house.allocator.metric().usedDirectMemory() < (18 << 20), () -> house.allocator.metric().usedDirectMemory() + " bytes are held");
        viewer.hold(false);
        house.settle();
        List<Long> got = viewer.got();
        assertEquals(26 + 200 * 25 - 1, got.get(got.size() - 1));
        assertEquals(0, got.get(1) % 25, "goes on at a key frame: " + got);
        house.tick();
        assertEquals(got.get(1) - got.get(0) - 1, house.streams.info("mine").framesSkipped());
        viewer.close();
    }

    private static List<Long> missing(List<Long> wanted, List<Long> got) {
        List<Long> missing = new ArrayList<>(wanted);
        missing.removeAll(new java.util.HashSet<>(got));
        return missing;
    }

    static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
