package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
            assertEquals(numbers(25, last), v.got());
            assertEquals(1, v.headers());
        }
        assertEquals(0, house.streams.info("mine").framesSkipped());
        viewers.forEach(Viewer::close);
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

    static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
