package io.sluice.format.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {
    private static final long HOLD = 100;
    private final ReorderBuffer buffer = new ReorderBuffer(64, HOLD);
    private final List<ByteBuf> all = new ArrayList<>();
    private final List<Integer> out = new ArrayList<>();

    private boolean offer(int sequence, long now) {
        ByteBuf bytes = Unpooled.buffer(12);
        RtpPacket.writeHeader(bytes, false, 96, sequence & 0xffff, 0, 1);
        all.add(bytes);
        return buffer.offer(RtpPacket.parse(bytes), now);
    }

    private List<Integer> poll(long now) {
        out.clear();
        for (RtpPacket packet = buffer.poll(now); packet != null; packet = buffer.poll(now)) {
            out.add(buffer.gap() ? -packet.sequence() : packet.sequence());
            packet.buffer().release();
        }
        return out;
    }

    private List<Integer> missing(long now) {
        List<Integer> told = new ArrayList<>();
        buffer.missing(now, 20, 100, told::add);
        return told;
    }

    private void nothingIsLeft() {
        buffer.close();
        assertTrue(all.stream().allMatch(b -> b.refCnt() == 0), "a buffer was not released");
    }

    @Test
    void packetsComeOutInOrderOverTheWrap() {
        offer(65534, 0);
        offer(0, 0);
        assertEquals(List.of(65534), poll(0));
        assertEquals(List.of(65535), missing(0));
        offer(65535, 50);
        assertEquals(List.of(65535, 0), poll(50));
        assertEquals(0, buffer.lost());
        nothingIsLeft();
    }

    @Test
    void whatIsMissingIsAskedForAgainAndThenGivenUp() {
        offer(10, 0);
        offer(13, 5);
        assertEquals(List.of(10), poll(5));
        assertEquals(List.of(11, 12), missing(5));
        assertEquals(List.of(), missing(24), "it is too early to ask again");
        offer(12, 24);
        assertEquals(List.of(11), missing(25));
        assertEquals(105, buffer.deadlineNanos());
        assertEquals(List.of(), poll(104));
        assertEquals(List.of(-12, 13), poll(105), "the first one is behind a gap, the second is not");
        assertEquals(1, buffer.lost());
        assertFalse(offer(11, 106), "too late");
        assertEquals(Long.MAX_VALUE, buffer.deadlineNanos());
        nothingIsLeft();
    }

    @Test
    void whatCameBeforeIsNotNew() {
        assertTrue(offer(1, 0));
        assertTrue(offer(3, 0));
        assertFalse(offer(3, 0));
        poll(0);
        assertFalse(offer(1, 0));
        assertEquals(2, buffer.late());
        nothingIsLeft();
    }

    @Test
    void aJumpBeyondTheRingGivesUpWhatIsBehindIt() {
        offer(1, 0);
        offer(3, 0);
        assertEquals(List.of(1), poll(0));
        offer(1000, 1);
        assertEquals(List.of(-1000), poll(1));
        assertTrue(buffer.lost() >= 996, buffer.lost() + " lost");
        offer(1001 + 63, 2);
        assertEquals(63, missing(2).size());
        nothingIsLeft();
    }

    @Test
    void aSenderThatBeginsAnewIsFollowedFromItsSecondPacketOn() {
        offer(30_000, 0);
        poll(0);
        assertFalse(offer(5, 1), "it may be a very old one");
        assertTrue(offer(6, 1));
        assertEquals(List.of(-6), poll(1));
        nothingIsLeft();
    }

    @Test
    void disorderOfAnyKindKeepsTheOrderAndLosesOnlyWhatNeverCame() {
        Random random = new Random(5);
        List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            sent.add(60_000 + i);
        }
        for (int i = 1; i + 20 < 5000; i += 20) {
            Collections.shuffle(sent.subList(i, i + 20), random);
        }
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            offer(sent.get(i), i);
            seen.addAll(poll(i));
        }
        assertEquals(0, buffer.lost() + buffer.late());
        for (int i = 0; i < seen.size(); i++) {
            assertEquals(60_000 + i & 0xffff, seen.get(i));
        }
        assertEquals(5000, seen.size());
        assertNull(buffer.poll(0));
        nothingIsLeft();
    }
}
