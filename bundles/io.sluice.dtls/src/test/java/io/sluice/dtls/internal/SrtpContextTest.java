package io.sluice.dtls.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

class SrtpContextTest {
    private static final int SSRC = 0xCAFEBABE;

    private final byte[] key = new byte[16];
    private final byte[] salt = new byte[14];

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void sequenceNumbersWrapAndEachPacketIsTakenOnce(SrtpProfile profile) throws Exception {
        SrtpSender sender = new SrtpSender(profile, key, salt);
        SrtpReceiver receiver = new SrtpReceiver(profile, key, salt);
        for (int sequence = 65_000; sequence < 65_536 + 65_536 + 600; sequence++) {
            byte[] packet = packet(sequence, 20);
            int sealed = sender.protect(packet, 32);
            byte[] copy = packet.clone();
            assertEquals(32, receiver.open(packet, sealed));
            assertArrayEquals(Arrays.copyOf(packet(sequence, 20), 32), Arrays.copyOf(packet, 32));
            assertEquals(-1, receiver.open(copy, sealed), "a replay");
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void anIndexIsNeverUsedTwice(SrtpProfile profile) throws Exception {
        SrtpSender sender = new SrtpSender(profile, key, salt);
        assertTrue(sender.protect(packet(7, 20), 32) > 0);
        assertEquals(-1, sender.protect(packet(7, 20), 32));
        assertEquals(-1, sender.protect(packet(6, 20), 32));
        assertTrue(sender.protect(packet(8, 20), 32) > 0);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void whatIsNotAuthenticIsNotTaken(SrtpProfile profile) throws Exception {
        SrtpSender sender = new SrtpSender(profile, key, salt);
        SrtpReceiver receiver = new SrtpReceiver(profile, key, salt);
        byte[] sealed = packet(1, 20);
        int length = sender.protect(sealed, 32);
        for (int bit = 0; bit < length * 8; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(-1, receiver.open(forged, length), "bit " + bit);
        }
        assertEquals(32, receiver.open(sealed, length));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void garbageIsNoException(SrtpProfile profile) throws Exception {
        SrtpReceiver receiver = new SrtpReceiver(profile, key, salt);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[64];
            random.nextBytes(garbage);
            garbage[0] = (byte) (0x80 | garbage[0] & 0x3F);
            assertEquals(-1, receiver.open(garbage.clone(), random.nextInt(65)));
            assertEquals(-1, receiver.openControl(garbage, random.nextInt(65)));
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void reportsGoThroughOnce(SrtpProfile profile) throws Exception {
        SrtpSender sender = new SrtpSender(profile, key, salt);
        SrtpReceiver receiver = new SrtpReceiver(profile, key, salt);
        for (int i = 0; i < 300; i++) {
            byte[] report = Arrays.copyOf(new byte[] {(byte) 0x80, (byte) 200, 0, 6, 1, 2, 3, 4, 5}, 28 + 32);
            int sealed = sender.protectControl(report, 28);
            byte[] copy = report.clone();
            assertEquals(28, receiver.openControl(report, sealed));
            assertEquals(5, report[8]);
            assertEquals(-1, receiver.openControl(copy, sealed));
        }
    }

    @Test
    void theWindowKnowsWhatCameWithinIt() {
        ReplayWindow window = new ReplayWindow();
        window.add(5000);
        window.add(5000 + ReplayWindow.SIZE - 1);
        assertFalse(window.isNew(5000));
        assertTrue(window.isNew(5001));
        window.add(5001);
        assertFalse(window.isNew(5001));
        window.add(5000 + ReplayWindow.SIZE);
        assertFalse(window.isNew(5000), "too old");
        window.add(1_000_000);
        assertTrue(window.isNew(1_000_000 - 5));
        assertFalse(window.isNew(5000 + ReplayWindow.SIZE));
    }

    private static byte[] packet(int sequence, int payload) {
        byte[] packet = new byte[12 + payload + 32];
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        Bytes.i32(packet, 8, SSRC);
        Arrays.fill(packet, 12, 12 + payload, (byte) 0x55);
        return packet;
    }
}
