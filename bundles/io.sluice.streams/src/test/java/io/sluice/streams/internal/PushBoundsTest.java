package io.sluice.streams.internal;

import static io.sluice.streams.internal.FeedTest.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.push.PushTarget;
import io.sluice.api.stream.ReadFrom;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where pushes begin and end, how fast they go and what is in them: pictures of 40 ms, a key frame each second, the clock turned with them. */
class PushBoundsTest {
    private final House house = new House(House.settings(), House.config("mine", "push://"));
    private final Catcher target = new Catcher();
    private final Director director = Director.of(house);
    private final Camera camera = new Camera(house, "mine?key=K", 25, House.VIDEO, House.AUDIO);

    PushBoundsTest() {
        house.plugins.elect(PushTarget.class, "file", target);
    }

    @AfterEach
    void nothingIsLeft() {
        house.close();
        assertEquals(0, house.allocator.metric().usedDirectMemory(), "direct memory");
        assertEquals(0, house.streams.memoryUsed(), "the budget");
    }

    /** So many pictures as they come, 40 ms each. */
    private void live(int pictures) {
        for (int i = 0; i < pictures; i++) {
            camera.write(1);
            house.clock.forwardMillis(40);
        }
        house.tick();
    }

    private Catcher.Push push(String parameters) {
        director.start("mine", "/srv/x.ts?" + parameters).join();
        house.settle();
        return target.last();
    }

    private String end(Catcher.Push push) {
        return director.ended(push.request.id()).reason();
    }

    @Test
    void aRangeOfThePastAndSomeMore() {
        live(100);
        Catcher.Push push = push("recstart=1.5&recstop=5");
        live(50);
        assertEquals("the end that was set is reached", end(push));
        assertEquals(numbers(25, 125), push.got());
    }

    @Test
    void aRangeToCome() {
        live(10);
        Catcher.Push push = push("recstart=2&duration=1");
        live(30);
        assertEquals(List.of(), push.got());
        live(60);
        end(push);
        assertEquals(numbers(50, 75), push.got());
    }

    @Test
    void aRangeByTheWallClock() {
        live(10);
        long now = house.clock.millis();
        Catcher.Push push = push("recstartunix=" + (now + 1000) / 1000.0 + "&recstopunix=" + (now + 3000) / 1000.0);
        live(100);
        end(push);
        assertEquals(numbers(25, 85), push.got());
    }

    @Test
    void anEndByTheWallClockComesWithoutMediaToo() {
        live(10);
        Catcher.Push push = push("stopunix=" + (house.clock.millis() + 2000) / 1000.0);
        house.clock.forwardMillis(3000);
        house.tick();
        assertEquals("the end that was set is reached", end(push));
        assertEquals(numbers(0, 10), push.got());
    }

    @Test
    void whatCanNeverBeginIsRefused() {
        live(1500); // the first seconds are gone
        assertEquals("the push ends before it begins: the oldest media of mine is at 9000 ms", director.refused("mine", "/srv/x.ts?recstop=5"));
        assertEquals("the push ends before it begins: its end is past, and so is all media of then", director.refused("mine", "/srv/x.ts?recstopunix=1"));
        assertEquals("pushdelay is longer than the buffer of mine, which holds 50 s", director.refused("mine", "/srv/x.ts?pushdelay=51"));
    }

    @Test
    void aDelayIsKeptPictureForPicture() {
        live(10);
        Catcher.Push push = push("pushdelay=2");
        live(30);
        assertEquals(List.of(), push.got());
        live(61); // two seconds of it are in the buffer with picture 50; what has come 2 s ago is out
        assertEquals(numbers(0, 52), push.await(52).got());
        house.clock.forwardMillis(40);
        house.tick();
        assertEquals(53, push.await(53).got().size());
    }

    @Test
    void aPaceIsKept() {
        live(100);
        target.from = ReadFrom.OLDEST;
        Catcher.Push push = push("rate=2");
        assertEquals(numbers(0, 1), push.await(1).got());
        house.clock.forwardMillis(1000);
        house.tick();
        assertEquals(numbers(0, 51), push.await(51).got());
        director.outputs.stop(push.request.id(), "enough");
        house.settle();
        house.clock.forwardMillis(10_000);
        assertEquals("enough", end(push));
        assertEquals(numbers(0, 100), push.got());
    }

    @Test
    void itWaitsForSoManyKeyFrames() {
        live(10);
        Catcher.Push push = push("waittrackcount=3");
        live(40);
        assertEquals(List.of(), push.got());
        live(2);
        assertEquals(numbers(50, 52), push.got());
    }

    private void sound(long fromMillis, int count) {
        camera.peer.run(() -> LongStream.range(0, count).forEach(i -> {
            ByteBuf payload = Unpooled.buffer(10).writeZero(10);
            long nanos = fromMillis * 1_000_000 + i * 21_333_333L;
            camera.publisher.write(1, nanos, nanos, true, payload);
            payload.release();
        }));
        house.settle();
    }

    @Test
    void onlyTracksThatAreChosenAreInIt() {
        live(30);
        sound(0, 60);
        Catcher.Push sound = push("video=none");
        Catcher.Push picture = push("audio=none&x");
        live(5);
        sound(1400, 5);
        assertEquals(List.of(), sound.got(0));
        assertEquals(List.of(1, 0), List.of(sound.got(1).isEmpty() ? 0 : 1, picture.got(1).size()));
        assertEquals(10, picture.got(0).size());
        assertEquals(List.of("AAC 48000 Hz 2 ch"), director.outputs.list().get(0).tracks());
    }
}
