package io.sluice.format.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The request of RFC 5769 section 2.1, which RFC 8489 refers to. */
class StunTest {
    private static final byte[] SAMPLE = HexFormat.of().parseHex("000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
        + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");
    private static final StunIntegrity PASSWORD = new StunIntegrity("VOkJxbRl1RmTxUk/WvJxBt");

    @Test
    void theSampleIsReadAndAuthentic() {
        StunRequest request = StunRequest.parse(Unpooled.wrappedBuffer(SAMPLE));
        assertEquals("evtj:h6vY", request.username());
        assertEquals("evtj", StunRequest.local(Unpooled.wrappedBuffer(SAMPLE)));
        assertFalse(request.useCandidate());
        assertTrue(PASSWORD.verifies(request));
        assertFalse(new StunIntegrity("VOkJxbRl1RmTxUk/WvJxBu").verifies(request));
    }

    @Test
    void theAnswerTellsWhereItCameFrom() {
        StunRequest request = StunRequest.parse(Unpooled.wrappedBuffer(SAMPLE));
        byte[] answer = StunAnswer.success(request, new InetSocketAddress("192.0.2.1", 32853), PASSWORD);
        assertArrayEquals(HexFormat.of().parseHex("0101"), Arrays.copyOf(answer, 2));
        // RFC 5769 section 2.2 has the same address and transaction
        assertArrayEquals(HexFormat.of().parseHex("002000080001a147e112a643"), Arrays.copyOfRange(answer, 20, 32));
        assertArrayEquals(PASSWORD.of(answer, 32), Arrays.copyOfRange(answer, 36, 56));
        byte[] six = StunAnswer.success(request, new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853), PASSWORD);
        assertArrayEquals(HexFormat.of().parseHex("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"), Arrays.copyOfRange(six, 20, 44));
    }

    @Test
    void noChangedBitIsTaken() {
        for (int bit = 0; bit < SAMPLE.length * 8; bit++) {
            byte[] forged = SAMPLE.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            StunRequest request = StunRequest.parse(Unpooled.wrappedBuffer(forged));
            assertTrue(request == null || !PASSWORD.verifies(request), "bit " + bit);
        }
    }

    @Test
    void whatIsCutOrGarbageIsNone() {
        for (int length = 0; length < SAMPLE.length; length++) {
            assertNull(StunRequest.parse(Unpooled.wrappedBuffer(SAMPLE, 0, length)));
            StunRequest.local(Unpooled.wrappedBuffer(SAMPLE, 0, length));
        }
        Random random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            byte[] mutated = SAMPLE.clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                mutated[20 + random.nextInt(mutated.length - 20)] = (byte) random.nextInt(256);
            }
            StunRequest.local(Unpooled.wrappedBuffer(mutated));
            StunRequest request = StunRequest.parse(Unpooled.wrappedBuffer(mutated));
            assertTrue(request == null || Arrays.equals(SAMPLE, mutated) || !PASSWORD.verifies(request));
        }
        assertNotNull(StunRequest.parse(Unpooled.wrappedBuffer(SAMPLE)));
    }
}
