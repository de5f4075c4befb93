package io.sluice.streams.internal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;
import io.sluice.streams.internal.media.MemoryBudget;
import io.sluice.streams.internal.media.Ring;
import io.sluice.streams.internal.media.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A viewer that is handed over exactly where the tracks change; everything on one thread. */
class CursorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Track VIDEO = Track.video(0, Codec.H264, new byte[] {1}, 640, 360);
    private static final Track SOUND = Track.audio(1, Codec.AAC, new byte[] {1}, 48_000, 2);
    private static final Tracks BOTH = new Tracks(0, List.of(VIDEO, SOUND));
    private static final Tracks BEFORE = new Tracks(0, List.of(VIDEO));
    private static final Tracks AFTER = new Tracks(0, List.of(Track.video(0, Codec.H264, new byte[] {2}, 1280, 720)));
    private static final Executor HERE = Runnable::run;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final Ring ring = new Ring(allocator, budget, SECOND, 1 << 16);
    private final Feeds feeds = new Feeds(ring, HERE, budget, new FeedLimits(60 * SECOND, 1 << 16, 0));
    private Cursor viewer = new Cursor(() -> { }, new LongAdder(), nanos -> { });

    @AfterEach
    void nothingIsLeft() {
        viewer.leave();
        ring.clear();
        assertEquals(0, allocator.metric().usedDirectMemory());
        assertEquals(0, budget.usedBytes());
    }

    /** Text for bytes: the frame's number, after "h" and the decoder configuration where the tracks are new to the muxer. */
    private record Words(int version, boolean joins) implements FeedFormat {
        Words(int version) {
            this(version, false);
        }

        @Override
        public String name() {
            return "words";
        }

        @Override
        public Muxer open() {
            return new Muxer() {
                private Tracks tracks;

                @Override
                public ByteBuf mux(Frame frame) {
                    boolean news = tracks != null && tracks != frame.tracks();
                    tracks = frame.tracks();
                    return bytes((news ? word(tracks) + " " : "") + frame.sequence());
                }

                @Override
                public ByteBuf header(Tracks tracks, long startDtsNanos) {
                    return bytes(word(tracks));
                }
            };
        }

        private static String word(Tracks tracks) {
            return "h" + tracks.list().get(0).configuration()[0];
        }

        private static ByteBuf bytes(String text) {
            return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        }
    }

    private void write(Tracks tracks, long second, boolean key) {
        ByteBuf payload = Unpooled.buffer(10).writeZero(10);
        feeds.write(ring.add(tracks.list().get(0), tracks, new Timeline.Times(second * SECOND, second * SECOND, false), key, 0, payload));
        payload.release();
    }

    /** A key frame of these tracks comes, and the frame before it leaves the ring. */
    private void changeAndForget(Tracks tracks) {
        write(tracks, 5, true);
        write(tracks, 6, false);
        assertEquals(1, ring.first(), "the frame before has left the ring");
    }

    private void join(FeedFormat format) {
        feeds.join(format, HERE, viewer, viewer.resumeAt());
    }

    private void handOver(FeedFormat format) {
        viewer = new Cursor(() -> { }, viewer);
        join(format);
    }

    private List<String> read() {
        List<String> got = new ArrayList<>();
        for (ByteBuf b = viewer.next(); b != null; b = viewer.next()) {
            got.add(new String(ByteBufUtil.getBytes(b), StandardCharsets.US_ASCII));
            b.release();
        }
        return got;
    }

    @Test
    void aMuxerThatSawTheFrameBeforeSaysTheNewTracksItself() {
        write(BEFORE, 0, true);
        join(new Words(1));
        assertEquals(List.of("h1", "0"), read());
        write(AFTER, 0, true);
        handOver(new Words(2));
        assertEquals(List.of("h2 1"), read());
        write(AFTER, 1, false);
        assertEquals(List.of("2"), read());
    }

    @Test
    void whereTheFrameBeforeIsGoneTheViewerGetsTheHeaderOfTheNewTracks() {
        write(BEFORE, 0, true);
        join(new Words(1));
        assertEquals(List.of("h1", "0"), read());
        changeAndForget(AFTER);
        handOver(new Words(2));
        assertEquals(List.of("h2", "1", "2"), read());
        write(AFTER, 7, false);
        assertEquals(List.of("3"), read());
    }

    @Test
    void sameTracksNeedNoHeaderAtTheFirstFrameOfAFeed() {
        write(BEFORE, 0, true);
        join(new Words(1));
        assertEquals(List.of("h1", "0"), read());
        changeAndForget(BEFORE);
        handOver(new Words(2));
        assertEquals(List.of("1", "2"), read());
    }

    @Test
    void twoHandOversThereGiveTheHeaderOnce() {
        write(BEFORE, 0, true);
        join(new Words(1));
        read();
        changeAndForget(AFTER);
        handOver(new Words(2));
        handOver(new Words(3));
        assertEquals(List.of("h2", "1", "2"), read());
    }

    /** Sound waits for the picture after it, so two frames come with each wake. */
    private void writeSoundAndPicture(int second) {
        for (Track track : List.of(SOUND, VIDEO)) {
            ByteBuf payload = Unpooled.buffer(10).writeZero(10);
            feeds.write(ring.add(track, BOTH, new Timeline.Times(second * SECOND, second * SECOND, false), track == VIDEO && second == 0, 0, payload));
            payload.release();
        }
    }

    private void mergingSound() {
        feeds.limits(new FeedLimits(60 * SECOND, 1 << 16, SECOND));
    }

    @Test
    void whatOneWakeBringsIsOneBufferWhereTheFormJoins() {
        mergingSound();
        writeSoundAndPicture(0);
        join(new Words(1, true));
        assertEquals(List.of("h1", "1"), read(), "the header and the first picture stand alone");
        writeSoundAndPicture(1);
        assertEquals(List.of("23"), read());
        writeSoundAndPicture(2);
        assertEquals(List.of("45"), read());
    }

    @Test
    void aFormOfMessagesGetsEachFrameAlone() {
        mergingSound();
        writeSoundAndPicture(0);
        join(new Words(1));
        assertEquals(List.of("h1", "1"), read());
        writeSoundAndPicture(1);
        assertEquals(List.of("2", "3"), read());
    }

    @Test
    void whoIsBehindGetsEveryFrameOnce() {
        mergingSound();
        writeSoundAndPicture(0);
        join(new Words(1, true));
        read();
        writeSoundAndPicture(1);
        writeSoundAndPicture(2);
        writeSoundAndPicture(3);
        assertEquals(List.of("2", "3", "4", "5", "67"), read());
    }
}
