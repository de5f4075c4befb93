package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Snapshot;
import io.sluice.api.process.ProcessRequest;
import io.sluice.api.process.ProcessRun;
import io.sluice.api.process.StreamProcess;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segmenter;
import io.sluice.api.stream.Segments;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessTest {
    private static final Track OPUS = Track.audio(1, Codec.OPUS, new byte[] {9}, 48_000, 2);
    /** Codec of a frame in hundreds of thousands, then its time in milliseconds. */
    private static final long CODEC = 100_000;

    /** Sound does not wait for the next picture. */
    private static final StreamConfig CONFIG = new StreamConfig("mine", "push://", false, "", 50_000, 8 << 20, 10_000, true, 0, 1900, 6, 0, 0, List.of());

    private final House house = new House(House.settings(), CONFIG);
    private final Maker maker = new Maker();

    @AfterEach
    void nothingIsLeft() {
        house.close();
        Await.until(() -> house.allocator.metric().usedDirectMemory() + house.allocator.metric().usedHeapMemory() == 0, () -> "memory is left");
        assertEquals(0, house.streams.memoryUsed(), "the budget");
        Await.until(() -> maker.open.get() == 0, () -> maker.open + " are open");
    }

    /** Makes a packet of Opus of each frame of AAC, at once. */
    private static final class Maker implements StreamProcess {
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger begun = new AtomicInteger();
        private volatile String failure = "";

        @Override
        public Track output(Track input, Set<Codec> wanted) {
            return input.codec() == Codec.AAC && wanted.contains(Codec.OPUS) ? OPUS : null;
        }

        @Override
        public ProcessRun start(ProcessRequest request) {
            begun.incrementAndGet();
            if (!failure.isEmpty()) {
                throw new IllegalArgumentException(failure);
            }
            open.incrementAndGet();
            return new ProcessRun() {
                @Override
                public void write(Frame frame) {
                    request.sink().write(frame.ptsNanos(), true, frame.payload());
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }
    }

    /** A form without AAC. */
    private record Narrow(int version, UnpooledByteBufAllocator allocator) implements FeedFormat {
        @Override
        public String name() {
            return "narrow";
        }

        @Override
        public Set<Codec> carries() {
            return Set.of(Codec.H264, Codec.OPUS);
        }

        @Override
        public Muxer open() {
            return new Muxer() {
                @Override
                public ByteBuf mux(Frame frame) {
                    return allocator.directBuffer(8).writeLong(number(frame.track().codec(), frame.ptsNanos() / 1_000_000));
                }

                @Override
                public ByteBuf header(Tracks tracks, long startDtsNanos) {
                    return allocator.directBuffer(8).writeLong(Numbers.HEADER);
                }
            };
        }
    }

    private static long number(Codec codec, long millis) {
        return codec.ordinal() * CODEC + millis;
    }

    /** Pictures and sound, 40 ms each. */
    private void write(Camera camera, int from, int count) {
        camera.peer.run(() -> {
            ByteBuf sound = Unpooled.buffer(8).writeLong(1);
            for (int i = from; i < from + count; i++) {
                camera.frame();
                camera.publisher.write(1, i * 40_000_000L, i * 40_000_000L, true, sound);
            }
            sound.release();
        });
        house.settle();
    }

    private static List<Long> of(Viewer viewer, Codec codec) {
        return viewer.got().stream().filter(n -> n / CODEC == codec.ordinal()).toList();
    }

    private static List<Long> times(Codec codec, long from, long to) {
        return LongStream.range(from, to).map(i -> number(codec, i * 40)).boxed().toList();
    }

    private void hears(Viewer viewer, long from, long to) {
        Await.until(() -> of(viewer, Codec.OPUS).equals(times(Codec.OPUS, from, to)), () -> "heard " + of(viewer, Codec.OPUS));
        assertEquals(times(Codec.H264, from, to), of(viewer, Codec.H264));
    }

    private Camera camera() {
        return new Camera(house, "mine?key=K", 25, House.VIDEO, House.AUDIO);
    }

    private Viewer viewer(FeedFormat format) {
        return new Viewer(house, "mine", format);
    }

    @Test
    void soundIsMadeForThoseWhoNeedItOnceForAllFromTheLastKeyFrameOn() {
        house.plugins.elect(StreamProcess.class, "maker", maker);
        Camera camera = camera();
        write(camera, 0, 30);
        Viewer plain = viewer(new Numbers(1, house.allocator));
        assertEquals(0, maker.begun.get(), "nobody needs it");
        Viewer first = viewer(new Narrow(1, house.allocator));
        Viewer second = viewer(new Narrow(1, house.allocator));
        write(camera, 30, 30);
        hears(first, 25, 60);
        hears(second, 25, 60);
        assertEquals(1, maker.begun.get());
        assertEquals(LongStream.range(50, 120).boxed().toList(), plain.got(), "others get what was published and nothing else");
        assertEquals(2, house.streams.info("mine").tracks().list().size());
        List.of(plain, first, second).forEach(Viewer::close);
    }

    @Test
    void segmentsGetIt() {
        house.plugins.elect(StreamProcess.class, "maker", maker);
        Toy toy = new Toy("v", house.allocator, false);
        house.plugins.elect(SegmentFormat.class, "toy", new SegmentFormat() {
            @Override
            public Segmenter open(long targetNanos, Snapshot before) {
                return toy.open(targetNanos, before);
            }

            @Override
            public String problem(Tracks tracks) {
                return tracks.list().toString();
            }

            @Override
            public Set<Codec> carries() {
                return Set.of(Codec.H264, Codec.OPUS);
            }
        });
        Camera camera = camera();
        write(camera, 0, 30);
        assertEquals(List.of(House.VIDEO, OPUS), house.streams.tracks("mine", Set.of(Codec.H264, Codec.OPUS)).list());
        assertEquals(List.of(House.VIDEO, House.AUDIO), house.streams.tracks("mine", Set.of(Codec.H264)).list());
        Peer peer = house.peer();
        Reader reader = house.play(peer, "mine").join();
        Segments segments = peer.call(() -> reader.segments("toy"));
        house.settle();
        write(camera, 30, 100);
        Await.until(() -> segments.listed().size() >= 2, () -> segments.listed().toString());
        assertEquals(List.of(House.VIDEO, OPUS).toString(), segments.problem());
        Await.until(() -> maker.open.get() == 1, () -> "it has not begun");
        house.clock.forwardMillis(61_000);
        house.tick();
        house.clock.forwardMillis(11_000);
        house.tick();
        Await.until(() -> maker.open.get() == 0, () -> "it goes on");
        peer.run(reader::close);
    }

    @Test
    void itEndsSomeTimeAfterTheLastViewer() {
        house.plugins.elect(StreamProcess.class, "maker", maker);
        Camera camera = camera();
        write(camera, 0, 2);
        Viewer viewer = viewer(new Narrow(1, house.allocator));
        house.tick();
        Await.until(() -> maker.open.get() == 1, () -> "it has not begun");
        viewer.close();
        house.settle();
        house.tick();
        house.clock.forwardMillis(9_000);
        house.tick();
        assertEquals(1, maker.open.get(), "who reloads a page is back by now");
        house.clock.forwardMillis(2_000);
        house.tick();
        Await.until(() -> maker.open.get() == 0, () -> "it goes on");
        Await.until(() -> house.plugins.uses.get() == 0, () -> house.plugins.uses + " uses of plugins");
    }

    @Test
    void anotherVersionOfTheFormGoesOnAtExactlyTheNextFrame() {
        house.plugins.elect(StreamProcess.class, "maker", maker);
        Camera camera = camera();
        write(camera, 0, 30);
        Viewer viewer = viewer(new Narrow(1, house.allocator));
        hears(viewer, 25, 30);
        for (int round = 0; round < 5; round++) {
            write(camera, 30 + round * 4, 4);
            hears(viewer, 25, 34 + round * 4);
            viewer.handOver(new Narrow(round, house.allocator));
        }
        write(camera, 50, 5);
        hears(viewer, 25, 55);
        assertEquals(1, viewer.headers());
        viewer.close();
    }

    @Test
    void anotherVersionOfTheProcessTakesOver() {
        house.plugins.elect(StreamProcess.class, "maker", maker);
        Camera camera = camera();
        write(camera, 0, 30);
        Viewer viewer = viewer(new Narrow(1, house.allocator));
        hears(viewer, 25, 30);
        Maker next = new Maker();
        house.plugins.elect(StreamProcess.class, "maker", next);
        house.settle();
        write(camera, 30, 10);
        hears(viewer, 25, 40);
        Await.until(() -> maker.open.get() == 0, () -> "the old one goes on");
        assertEquals(1, next.open.get());
        viewer.close();
        camera.close();
    }

    @Test
    void withoutAProcessThereIsThePictureAndItIsKnown() {
        Camera camera = camera();
        write(camera, 0, 30);
        Viewer viewer = viewer(new Narrow(1, house.allocator));
        write(camera, 30, 10);
        assertEquals(times(Codec.H264, 25, 40), viewer.got());
        house.plugins.elect(StreamProcess.class, "maker", maker);
        house.settle();
        write(camera, 40, 10);
        Await.until(() -> of(viewer, Codec.OPUS).equals(times(Codec.OPUS, 40, 50)), () -> "heard " + of(viewer, Codec.OPUS));
        viewer.close();
    }

    @Test
    void aProcessThatFailsIsBegunAnewAndThePictureGoesOn() {
        house.plugins.elect(StreamProcess.class, "maker", maker);
        maker.failure = "it cannot";
        Camera camera = camera();
        write(camera, 0, 5);
        Viewer viewer = viewer(new Narrow(1, house.allocator));
        Await.until(() -> maker.begun.get() == 1, () -> "it was not begun");
        write(camera, 5, 5);
        assertEquals(times(Codec.H264, 0, 10), of(viewer, Codec.H264));
        maker.failure = "";
        Await.until(() -> {
            house.tick();
            house.clock.forwardMillis(6_000);
            return maker.open.get() == 1;
        }, () -> "it was not begun anew");
        write(camera, 10, 5);
        Await.until(() -> of(viewer, Codec.OPUS).containsAll(times(Codec.OPUS, 10, 15)), () -> "heard " + of(viewer, Codec.OPUS));
        viewer.close();
    }
}
