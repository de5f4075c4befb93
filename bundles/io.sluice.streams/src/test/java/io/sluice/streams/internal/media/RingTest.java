package io.sluice.streams.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Track VIDEO = Track.video(0, Codec.H264, new byte[0], 640, 360);
    private static final Track AUDIO = Track.audio(1, Codec.AAC, new byte[0], 48000, 2);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final Ring ring = new Ring(allocator, budget, 10 * SECOND, 1000);

    @AfterEach
    void allIsReleased() {
        ring.clear();
        assertEquals(0, allocator.metric().usedDirectMemory());
        assertEquals(0, budget.usedBytes());
    }

    private Frame add(Track track, Tracks tracks, long seconds, boolean key, int bytes) {
        ByteBuf payload = Unpooled.buffer(bytes).writeZero(bytes);
        try {
            return ring.add(track, tracks, new Timeline.Times(seconds * SECOND, seconds * SECOND, false), key, 0, payload);
        } finally {
            assertEquals(bytes, payload.readableBytes(), "borrowed");
            payload.release();
        }
    }

    private Frame video(long seconds, boolean key, int bytes) {
        return add(VIDEO, new Tracks(0, List.of(VIDEO, AUDIO)), seconds, key, bytes);
    }

    @Test
    void wholeGroupsLeaveByTime() {
        for (int i = 0; i < 100; i++) {
            video(i, i % 4 == 0, 1);
        }
        assertEquals(88, ring.first());
        assertEquals(96, ring.joinPoint());
        assertEquals(92, ring.keyAtOrBefore(95));
        assertEquals(96, ring.keyAtOrAfter(93));
        assertEquals(100, ring.keyAtOrAfter(97));
    }

    @Test
    void wholeGroupsLeaveByBytes() {
        for (int i = 0; i < 40; i++) {
            video(i / 100, i % 4 == 0, 100);
        }
        assertEquals(32, ring.first());
        assertFalse(ring.oversized());
    }

    @Test
    void aGroupLargerThanTheRingLosesItsBeginningAndNobodyJoinsUntilTheNextKeyFrame() {
        for (int i = 0; i < 15; i++) {
            video(i, i == 0, 100);
        }
        assertEquals(5, ring.first());
        assertTrue(ring.oversized());
        assertEquals(15, ring.joinPoint());
        video(15, true, 100);
        assertEquals(15, ring.joinPoint());
        assertFalse(ring.oversized());
    }

    @Test
    void aFrameLargerThanTheRingIsRefused() {
        assertNull(video(0, true, 1001));
        assertNotNull(video(0, true, 1000));
    }

    @Test
    void theCeilingOfAllStreamsBoundsOneToo() {
        budget.ceiling(500);
        for (int i = 0; i < 40; i++) {
            assertNotNull(video(i, i % 2 == 0, 100));
            assertTrue(budget.usedBytes() <= 500);
        }
        budget.add(500);
        assertNull(video(41, true, 100), "others hold all of it");
        budget.add(-500);
    }

    @Test
    void soundAloneStartsASecondBack() {
        Tracks sound = new Tracks(0, List.of(AUDIO));
        for (int i = 0; i < 5; i++) {
            add(AUDIO, sound, i, true, 10);
        }
        assertEquals(3, ring.joinPoint());
    }

    @Test
    void soundBesideAPictureIsNoPlaceToStart() {
        assertFalse(Starts.at(add(AUDIO, new Tracks(0, List.of(VIDEO, AUDIO)), 0, true, 10)));
        assertEquals(1, ring.joinPoint());
    }
}
