package io.sluice.format.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AckWindowTest {
    private final AckWindow window = new AckWindow();

    @Test
    void aFullWindowIsAcknowledgedWithAllThatEverCame() {
        window.windowBytes(1000);
        assertFalse(window.count(999));
        assertTrue(window.count(1));
        assertEquals(1000, window.received());
        assertFalse(window.count(400));
        assertTrue(window.count(5000), "several windows at once are one acknowledgement");
        assertEquals(6400, window.received());
        assertFalse(window.count(999));
    }

    @Test
    void aSizeThatIsNoneLeavesOurs() {
        window.windowBytes(0);
        assertFalse(window.count(AckWindow.DEFAULT_BYTES - 1));
        assertTrue(window.count(1));
        window.windowBytes(-1);
        assertFalse(window.count(AckWindow.DEFAULT_BYTES - 1));
    }

    @Test
    void theCountGoesOnAfterTheLimitOf32Bits() {
        window.windowBytes(Integer.MAX_VALUE);
        for (int i = 0; i < 3; i++) {
            assertTrue(window.count(Integer.MAX_VALUE));
        }
        assertEquals(0x7FFFFFFD, (int) window.received(), "the field holds the lowest 32 bits");
        assertTrue(AckWindow.from(new Fields(window.snapshot(2))).count(Integer.MAX_VALUE));
    }
}
