package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segment;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private final House house = new House(House.settings(), House.config("mine", "push://"));
    private final Map<String, List<Long>> seen = new HashMap<>();
    private long lastSegment = -1;

    @AfterEach
    void nothingIsLeft() {
        house.close();
        assertEquals(0, house.allocator.metric().usedDirectMemory(), "direct memory");
        assertEquals(0, house.streams.memoryUsed(), "the budget");
        assertEquals(0, house.plugins.uses.get(), "uses of plugins");
    }

    private Toy toy(String version) {
        return new Toy(version, house.allocator, false);
    }

    private void elect(Toy toy) {
        house.plugins.elect(SegmentFormat.class, "toy", toy);
        house.settle();
    }

    private Segments open() {
        Peer peer = house.peer();
        Reader reader = house.play(peer, "mine").join();
        Segments segments = peer.call(() -> reader.segments("toy"));
        house.settle();
        return segments;
    }

    private List<Long> frames(Segments segments, String path) {
        Segment found = segments.find(path);
        if (found == null) {
            return List.of();
        }
        List<Long> frames = new ArrayList<>();
        ByteBuf data = found.data().duplicate();
        while (data.isReadable()) {
            frames.add(data.readLong());
        }
        found.data().release();
        return frames;
    }

    /** Every listed segment has the bytes that it had before, and no number is left out or there twice. */
    private void look(Segments segments, List<Long> all) {
        for (Segment s : segments.listed()) {
            List<Long> frames = frames(segments, s.path());
            if (seen.putIfAbsent(s.path(), frames) == null) {
                assertEquals(lastSegment < 0 ? s.sequence() : lastSegment + 1, s.sequence());
                lastSegment = s.sequence();
                all.addAll(frames);
            }
            assertEquals(seen.get(s.path()), frames);
        }
    }

    @Test
    void theFirstWhoAsksGetsSegmentsOfWhatIsInTheBuffer() {
        elect(toy("1"));
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(1000);
        Segments segments = open();
        assertEquals(6, segments.listed().size(), segments.listed().toString());
        assertEquals(2_000_000_000L, segments.listed().get(0).durationNanos());
        assertEquals("", segments.problem());
        AtomicInteger told = new AtomicInteger();
        segments.onChange(told::incrementAndGet);
        camera.write(60);
        house.settle();
        assertEquals(1, told.get());
        assertEquals(6, segments.listed().size());
        assertFalse(segments.ended());
    }

    @Test
    void versionsChangeAtKeyFramesAndListedPathsKeepTheirBytes() {
        elect(toy("1"));
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(30);
        Segments segments = open();
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            camera.write(60);
            house.settle();
            look(segments, all);
            elect(i % 5 == 4 ? new Toy("bad" + i, house.allocator, true) : toy("v" + i));
            camera.write(40);
            house.settle();
            look(segments, all);
        }
        assertEquals(FeedTest.numbers(0, all.size()), all);
        assertTrue(all.size() > 1900, "only " + all.size());
        assertTrue(seen.keySet().stream().noneMatch(p -> p.startsWith("bad")), seen.keySet().toString());
        assertTrue(seen.keySet().stream().map(p -> p.split("/")[0]).distinct().count() > 10, seen.keySet().toString());
        assertEquals(1, house.plugins.uses.get());
    }

    @Test
    void segmentsThatLeftTheListAreFoundForAnotherListAndThenGo() {
        elect(toy("1"));
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(1);
        Segments segments = open();
        for (int i = 0; i < 20; i++) {
            camera.write(50);
            house.settle();
        }
        long first = segments.listed().get(0).sequence();
        assertFalse(frames(segments, "1/" + (first - 6)).isEmpty());
        assertNull(segments.find("1/" + (first - 8)));
        assertNull(segments.find("nothing"));
    }

    @Test
    void aPublisherThatComesBackIsADiscontinuityAndItsCountGoesOnWhenItLeavesTheList() {
        elect(toy("1"));
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(50);
        Segments segments = open();
        camera.close();
        house.settle();
        assertFalse(segments.ended(), "the list stays");
        Camera again = new Camera(house, "mine?key=K", 25);
        again.write(110);
        house.settle();
        assertEquals(1, segments.listed().stream().filter(Segment::discontinuity).count());
        assertEquals(0, segments.discontinuitySequence());
        again.write(400);
        house.settle();
        assertEquals(1, segments.discontinuitySequence());
        again.close();
        house.clock.forwardMillis(10_001);
        house.tick();
        assertTrue(segments.ended());
        AtomicInteger told = new AtomicInteger();
        segments.onChange(told::incrementAndGet);
        house.settle();
        assertEquals(1, told.get());
        house.clock.forwardMillis(60_001);
        house.tick();
        assertTrue(segments.listed().isEmpty());
    }

    @Test
    void whoeverReadsSegmentsMayReadToTheEndWhenTheStreamIsOver() {
        elect(toy("1"));
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(300);
        int listed = open().listed().size();
        camera.close();
        house.clock.forwardMillis(10_001);
        house.tick();
        assertTrue(house.play(house.peer(), "mine").isCompletedExceptionally(), "there is nothing to follow");
        Peer peer = house.peer();
        Reader reader = house.play(peer, "toy", "mine").join();
        Segments segments = peer.call(() -> reader.segments("toy"));
        assertTrue(segments.ended());
        assertTrue(segments.listed().size() >= listed);
        peer.run(reader::close);
        house.clock.forwardMillis(60_001);
        house.tick();
        assertTrue(house.play(house.peer(), "toy", "mine").isCompletedExceptionally(), "the segments are gone");
    }

    @Test
    void nobodyAskingStopsItAndNumbersGoOnWhenSomebodyDoesAgain() {
        elect(toy("1"));
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(500);
        Segments segments = open();
        long last = segments.listed().get(segments.listed().size() - 1).sequence();
        house.clock.forwardMillis(60_001);
        house.tick();
        assertEquals(0, house.plugins.uses.get());
        segments.listed();
        house.settle();
        camera.write(500);
        house.settle();
        assertEquals(1, house.plugins.uses.get());
        assertTrue(segments.listed().get(0).sequence() > last);
    }

    @Test
    void whileNoVersionIsElectedItWaitsAndThenLosesNothing() {
        elect(toy("1"));
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(30);
        Segments segments = open();
        List<Long> all = new ArrayList<>();
        camera.write(100);
        look(segments, all);
        elect(null);
        camera.write(100);
        house.settle();
        assertEquals(0, house.plugins.uses.get());
        look(segments, all);
        assertThrows(IllegalArgumentException.class, () -> house.play(house.peer(), "mine").join().segments("other"));
        elect(toy("2"));
        camera.write(100);
        house.settle();
        look(segments, all);
        assertEquals(FeedTest.numbers(0, all.size()), all);
        assertTrue(all.size() >= 250, "only " + all.size());
    }
}
