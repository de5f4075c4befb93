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

/** Which frames a viewer is shown together; everything on one thread. */
class MergeTest {
    private static final long MILLI = 1_000_000L;
    private static final Track VIDEO = Track.video(0, Codec.H264, new byte[] {1}, 640, 360);
    private static final Track AUDIO = Track.audio(1, Codec.AAC, new byte[] {1}, 48_000, 2);
    private static final Tracks BOTH = new Tracks(0, List.of(VIDEO, AUDIO));
    private static final Tracks SOUND = new Tracks(0, List.of(AUDIO));
    private static final Executor HERE = Runnable::run;

    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final Ring ring = new Ring(new UnpooledByteBufAllocator(true), budget, 1000 * MILLI, 1 << 16);
    private final Feeds feeds = new Feeds(ring, HERE, budget, limits(40));
    private final List<String> wakes = new ArrayList<>();
    private Cursor viewer;

    private static FeedLimits limits(long mergeMillis) {
        return new FeedLimits(60_000 * MILLI, 1 << 16, mergeMillis * MILLI);
    }

    @AfterEach
    void nothingIsLeft() {
        viewer.leave();
        ring.clear();
        assertEquals(0, budget.usedBytes());
    }

    /** Text for bytes: the frame's number. */
    private record Numbers() implements FeedFormat {
        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public Muxer open() {
            return new Muxer() {
                @Override
                public ByteBuf mux(Frame frame) {
                    return Unpooled.copiedBuffer(frame.sequence() + " ", StandardCharsets.US_ASCII);
                }

                @Override
                public ByteBuf header(Tracks tracks, long startDtsNanos) {
                    return Unpooled.EMPTY_BUFFER;
                }
            };
        }
    }

    private void write(Track track, Tracks tracks, long millis) {
        ByteBuf payload = Unpooled.buffer(10).writeZero(10);
        feeds.write(ring.add(track, tracks, new Timeline.Times(millis * MILLI, millis * MILLI, false), track == AUDIO || millis == 0, 0, payload));
        payload.release();
    }

    /** What a viewer gets at each wake is one entry. */
    private void join() {
        viewer = new Cursor(() -> wakes.add(read()), new LongAdder(), nanos -> { });
        feeds.join(new Numbers(), HERE, viewer, viewer.resumeAt());
        wakes.clear();
    }

    private String read() {
        StringBuilder got = new StringBuilder();
        for (ByteBuf b = viewer.next(); b != null; b = viewer.next()) {
            got.append(new String(ByteBufUtil.getBytes(b), StandardCharsets.US_ASCII));
            b.release();
        }
        return got.toString().trim();
    }

    @Test
    void soundGoesOutWithTheNextPicture() {
        write(VIDEO, BOTH, 0);
        join();
        write(AUDIO, BOTH, 5);
        write(AUDIO, BOTH, 26);
        assertEquals(List.of(), wakes);
        write(VIDEO, BOTH, 33);
        assertEquals(List.of("1 2 3"), wakes);
    }

    @Test
    void soundThatNoPictureFollowsWaitsNoLongerThanTheBudget() {
        write(VIDEO, BOTH, 0);
        join();
        for (long millis = 5; millis <= 105; millis += 20) {
            write(AUDIO, BOTH, millis);
        }
        assertEquals(List.of("1 2 3", "4 5 6"), wakes);
    }

    @Test
    void soundAloneIsSentAtOnce() {
        write(AUDIO, SOUND, 0);
        join();
        write(AUDIO, SOUND, 20);
        write(AUDIO, SOUND, 40);
        assertEquals(List.of("1", "2"), wakes);
    }

    @Test
    void withoutABudgetEachFrameIsSentAtOnce() {
        feeds.limits(limits(0));
        write(VIDEO, BOTH, 0);
        join();
        write(AUDIO, BOTH, 5);
        write(VIDEO, BOTH, 33);
        assertEquals(List.of("1", "2"), wakes);
    }

    @Test
    void theEndShowsWhatWaited() {
        write(VIDEO, BOTH, 0);
        join();
        write(AUDIO, BOTH, 5);
        feeds.end("over");
        assertEquals(List.of("1"), wakes);
    }
}
