package io.sluice.testkit.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameLedgerTest {
    private final FrameLedger ledger = new FrameLedger();

    @BeforeEach
    void publishTwoLoopsOfHundredFrames() {
        IntStream.range(0, 200).forEach(i -> ledger.published(frame(i % 100, i * 40)));
    }

    private static MediaFrame frame(int content, long millis) {
        return new MediaFrame(Kind.AUDIO, millis, new byte[] {(byte) 0xAF, 1, (byte) content, 7});
    }

    /** What a viewer that joined at one frame gets up to another, on a clock of its own. */
    private static List<Seen> viewed(int from, int to) {
        List<Seen> seen = new ArrayList<>();
        IntStream.range(from, to).forEach(i -> seen.add(new Seen(frame(i % 100, 0).hash(), 5_000 + i * 40L)));
        return seen;
    }

    private List<String> faults(List<Seen> received) {
        return ledger.faults(Kind.AUDIO, received, 1);
    }

    @Test
    void everyFrameOnceAndInOrderIsFaultless() {
        assertEquals(List.of(), faults(viewed(0, 200)));
        assertEquals(List.of(), faults(viewed(30, 180)));
        ledger.requireExact("viewer", Kind.AUDIO, viewed(30, 180), 150);
    }

    @Test
    void aSkippedFrameIsFound() {
        List<Seen> received = viewed(10, 150);
        received.remove(50);
        assertEquals(List.of("skipped 1: published AUDIO #60 at 2400 ms did not come before received #50"), faults(received));
    }

    @Test
    void aSkipAfterTheLoopIsFound() {
        List<Seen> received = viewed(90, 150);
        received.subList(30, 33).clear();
        assertEquals(List.of("skipped 3: published AUDIO #120 at 4800 ms to AUDIO #122 at 4880 ms did not come before received #30"), faults(received));
    }

    @Test
    void aRepeatedFrameIsFound() {
        List<Seen> received = viewed(10, 90);
        received.add(21, received.get(20));
        List<String> faults = faults(received);
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("repeated or late: received #21"), faults.toString());
    }

    @Test
    void twoFramesInTheWrongOrderAreFound() {
        List<Seen> received = viewed(10, 90);
        Collections.swap(received, 30, 31);
        assertEquals(2, ledger.faults(Kind.AUDIO, received).size());
    }

    @Test
    void aDamagedFrameIsFound() {
        List<Seen> received = viewed(10, 90);
        received.set(40, new Seen("0123456789abcdef", 5_000));
        assertTrue(faults(received).get(0).startsWith("unknown payload: received #40"), faults(received).toString());
    }

    @Test
    void aFrameFromNowhereIsFound() {
        assertEquals(1, faults(List.of(new Seen("0123456789abcdef", 0))).size());
    }

    @Test
    void aJumpInTimeIsFound() {
        List<Seen> received = viewed(10, 90);
        received.replaceAll(s -> s.millis() < 7_000 ? s : new Seen(s.hash(), s.millis() + 16));
        List<String> faults = faults(received);
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).startsWith("time jumped by 16 ms at received #40"), faults.toString());
    }

    @Test
    void nothingReceivedDoesNotPassForEverything() {
        assertThrows(AssertionError.class, () -> ledger.requireExact("viewer", Kind.AUDIO, List.of(), 1));
    }
}
