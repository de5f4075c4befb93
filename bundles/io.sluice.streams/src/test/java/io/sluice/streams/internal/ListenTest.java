package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.stream.Reader;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.StreamInfo.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who listens to streams. */
class ListenTest {
    private final House house = new House(House.settings(), House.config("mine", "push://"), House.config("other", "push://"));
    private final List<StreamInfo> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        house.close();
    }

    private void await(State state, int viewers) {
        Await.until(() -> !heard.isEmpty() && last().state() == state && last().viewers() == viewers, () -> "heard " + heard);
    }

    private StreamInfo last() {
        return heard.get(heard.size() - 1);
    }

    @Test
    void whatIsThereAndEachChangeIsTold() throws Exception {
        Camera camera = new Camera(house, "mine?key=K", 25);
        camera.write(1);
        AutoCloseable listening = house.streams.listen(heard::add);
        await(State.LIVE, 0);
        assertEquals(1, heard.size());
        assertEquals(List.of(House.VIDEO), last().tracks().list());
        Peer viewer = house.peer();
        Reader reader = house.play(viewer, "mine").join();
        await(State.LIVE, 1);
        viewer.run(reader::close);
        await(State.LIVE, 0);
        camera.peer.run(() -> camera.publisher.tracks(List.of(House.VIDEO, House.AUDIO)));
        Await.until(() -> last().tracks().list().size() == 2, () -> "the tracks are told");
        camera.close();
        await(State.GRACE, 0);
        house.clock.forwardMillis(10_001);
        house.tick();
        await(State.OFFLINE, 0);
        new Camera(house, "other?key=K", 25).write(1);
        await(State.LIVE, 0);
        assertEquals("other", last().name());
        listening.close();
        int before = heard.size();
        List<StreamInfo> others = new CopyOnWriteArrayList<>();
        house.streams.listen(others::add);
        house.play(house.peer(), "other").join();
        Await.until(() -> !others.isEmpty() && others.get(others.size() - 1).viewers() == 1, () -> "the other hears " + others);
        assertEquals(before, heard.size());
    }

    @Test
    void whatComesTogetherIsToldTogether() {
        new Camera(house, "mine?key=K", 25).write(1);
        house.streams.listen(heard::add);
        await(State.LIVE, 0);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        house.streams.listen(info -> threads.add(Thread.currentThread()));
        IntStream.range(0, 300).forEach(i -> house.play(house.peer(), "mine").join());
        await(State.LIVE, 300);
        assertTrue(heard.size() < 200, () -> heard.size() + " times");
        assertFalse(threads.stream().anyMatch(t -> t.getName().contains("EventLoop")), "not on a loop");
    }

    @Test
    void oneThatFailsIsToldOnAndSoAreTheOthers() {
        house.streams.listen(info -> {
            throw new IllegalStateException("as planned");
        });
        house.streams.listen(heard::add);
        new Camera(house, "mine?key=K", 25).write(1);
        await(State.LIVE, 0);
        house.play(house.peer(), "mine").join();
        await(State.LIVE, 1);
    }
}
