package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.source.SourceRequest;
import io.sluice.api.source.StreamSource;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.StreamInfo.State;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PullTest {
    private final House house = new House(House.settings(), House.config("clip", "toy://user:secret@host/clip?x=1"));
    private final Toys toys = new Toys();

    @AfterEach
    void nothingIsLeft() {
        house.close();
        assertEquals(0, house.allocator.metric().usedDirectMemory(), "direct memory");
        Await.until(() -> house.plugins.uses.get() == 0, () -> house.plugins.uses + " uses of plugins");
    }

    private static final class Toys implements StreamSource {
        final List<SourceRequest> pulls = new CopyOnWriteArrayList<>();
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public AutoCloseable pull(SourceRequest request) {
            pulls.add(request);
            return closed::incrementAndGet;
        }

        SourceRequest last() {
            return pulls.get(pulls.size() - 1);
        }
    }

    private void elect(StreamSource source) {
        house.plugins.elect(StreamSource.class, "toy", source);
    }

    private void awaitPulls(Toys of, int count) {
        Await.until(() -> of.pulls.size() == count, () -> of.pulls.size() + " pulls instead of " + count);
        house.settle();
    }

    private static void write(SourceRequest to, int frames) {
        CompletableFuture.runAsync(() -> {
            to.publisher().tracks(List.of(House.VIDEO));
            for (int i = 0; i < frames; i++) {
                ByteBuf payload = Unpooled.wrappedBuffer(new byte[10]);
                to.publisher().write(0, i * 40_000_000L, i * 40_000_000L, i % 5 == 0, payload);
                payload.release();
            }
        }, to.loop()).join();
    }

    @Test
    void theFirstViewerStartsTheSourceAndTheLastOneStopsItAfterAWhile() {
        elect(toys);
        Peer peer = house.peer();
        CompletableFuture<Reader> answer = house.play(peer, "clip");
        awaitPulls(toys, 1);
        assertFalse(answer.isDone());
        write(toys.last(), 10);
        Reader reader = answer.join();
        house.tick();
        assertEquals(State.LIVE, house.streams.info("clip").state());
        assertEquals("toy://host/clip", house.streams.info("clip").publisher());
        peer.run(reader::close);
        house.clock.forwardMillis(29_000);
        house.tick();
        assertEquals(State.LIVE, house.streams.info("clip").state());
        house.clock.forwardMillis(1001);
        house.tick();
        assertEquals(State.OFFLINE, house.streams.info("clip").state());
        Await.until(() -> toys.closed.get() == 1, () -> "not closed");
    }

    @Test
    void aSourceThatFailsIsTriedAgainAfterLongerAndLongerPauses() {
        elect(toys);
        house.play(house.peer(), "clip");
        awaitPulls(toys, 1);
        for (int i = 0; i < 4; i++) {
            toys.last().ended().accept("no such file");
            house.settle();
            int pause = 1000 << i;
            assertEquals("no such file; next try in " + pause / 1000 + " s", house.streams.info("clip").problem());
            house.clock.forwardMillis(pause - 1);
            house.streams.configured(List.of(always()));
            house.tick();
            assertEquals(i + 1, toys.pulls.size());
            house.clock.forwardMillis(1);
            house.tick();
            awaitPulls(toys, i + 2);
        }
        assertEquals(4, toys.closed.get());
    }

    @Test
    void whoWaitsForASourceThatFailsLearnsWhyAtOnce() {
        elect(toys);
        CompletableFuture<Reader> answer = house.play(house.peer(), "clip");
        awaitPulls(toys, 1);
        toys.last().ended().accept("no such file");
        house.settle();
        Await.until(answer::isCompletedExceptionally, () -> "still waits");
        assertTrue(answer.handle((r, no) -> no).join().getMessage().contains("no such file"));
    }

    private static StreamConfig always() {
        return new StreamConfig("clip", "toy://user:secret@host/clip?x=1", true, "", 50_000, 8 << 20, 10_000, true, 0, 1900, 6, 0, 40, List.of());
    }

    @Test
    void anotherVersionOfTheSourceGoesOnAtOnceAndViewersStay() {
        elect(toys);
        house.streams.configured(List.of(always()));
        house.tick();
        awaitPulls(toys, 1);
        write(toys.last(), 10);
        Viewer viewer = new Viewer(house, "clip", new Numbers(1, house.allocator));
        Toys next = new Toys();
        elect(next);
        awaitPulls(next, 1);
        write(toys.last(), 5);
        write(next.last(), 10);
        house.settle();
        assertEquals(FeedTest.numbers(5, 20), viewer.got());
        Await.until(() -> toys.closed.get() == 1 && house.plugins.uses.get() == 1, () -> "the old one is still used");
    }

    @Test
    void withoutAPluginForTheSourceTheStreamSaysSo() {
        CompletableFuture<Reader> answer = house.play(house.peer(), "clip");
        house.clock.forwardMillis(10_001);
        house.tick();
        assertTrue(answer.isCompletedExceptionally());
        assertTrue(house.streams.info("clip").problem().startsWith("no plugin offers sources of the kind 'toy:'"), house.streams.info("clip").problem());
    }
}
