package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.ProtocolException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtmpHandshakeTest {
    private final RtmpHandshake handshake = new RtmpHandshake();

    private static byte[] c1() {
        byte[] c1 = new byte[1536];
        new Random(1).nextBytes(c1);
        return c1;
    }

    private byte[] answer(byte[] c1) {
        ByteBuf out = handshake.received(Unpooled.buffer().writeByte(3).writeBytes(c1));
        byte[] all = new byte[out.readableBytes()];
        out.readBytes(all);
        out.release();
        assertEquals(1 + 2 * 1536, all.length);
        assertEquals(3, all[0]);
        return all;
    }

    @Test
    void aPlainClientGetsItsRandomBytesBack() {
        byte[] c1 = c1();
        byte[] all = answer(c1);
        assertArrayEquals(Arrays.copyOfRange(c1, 8, 1536), Arrays.copyOfRange(all, 1537 + 8, 1537 + 1536));
        assertArrayEquals(Arrays.copyOf(c1, 4), Arrays.copyOfRange(all, 1537, 1541));
        assertArrayEquals(new byte[4], Arrays.copyOfRange(all, 5, 9));
    }

    /** What a Flash player checks: S1's digest with the server's key, S2's with the player's own digest. */
    @Test
    void aClientWithADigestGetsDigestsThatItCanCheckInBothSchemes() {
        for (DigestScheme scheme : DigestScheme.values()) {
            byte[] c1 = c1();
            scheme.sign(c1, DigestScheme.clientKey());
            RtmpHandshake h = new RtmpHandshake();
            ByteBuf out = h.received(Unpooled.buffer().writeByte(3).writeBytes(c1));
            byte[] s1 = new byte[1536];
            byte[] s2 = new byte[1536];
            out.skipBytes(1).readBytes(s1).readBytes(s2);
            out.release();
            assertEquals(scheme, DigestScheme.find(s1, DigestScheme.serverKey()));
            byte[] expected = s2.clone();
            DigestScheme.signResponse(expected, scheme.digest(c1), DigestScheme.serverResponseKey());
            assertArrayEquals(expected, s2);
            h.received(Unpooled.buffer().writeZero(1536));
            assertTrue(h.done());
        }
    }

    @Test
    void itWaitsForWholePartsAndLeavesWhatComesAfter() {
        ByteBuf in = Unpooled.buffer().writeByte(3).writeZero(1535);
        assertNull(handshake.received(in));
        assertEquals(1536, in.readableBytes());
        in.writeByte(0);
        handshake.received(in).release();
        in.writeZero(1536).writeByte(42);
        assertFalse(handshake.done());
        assertNull(handshake.received(in));
        assertTrue(handshake.done());
        assertEquals(42, in.readByte());
    }

    @Test
    void anotherVersionIsRefusedByName() {
        assertTrue(assertThrows(ProtocolException.class, () -> handshake.received(Unpooled.buffer().writeByte(6))).getMessage().contains("version 6"));
    }
}
