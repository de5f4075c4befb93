package io.sluice.format.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    /** CSRCs, an extension of one-byte elements (1: aa, 5: 0102, 3: three bytes), padding of 4. */
    private static final String FULL = "b2e0fffe" + "00000005" + "deadbeef" + "00000001" + "00000002" + "bede0003" + "10aa" + "510102" + "00" + "32030303" + "0000" + "cafe" + "00000004";

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void everyPartOfAPacketIsFound() {
        RtpPacket packet = RtpPacket.parse(bytes("ffff" + FULL).skipBytes(2));
        assertEquals("RTP 96 #65534 at 5 M 2 bytes", packet.toString());
        assertEquals(0xdeadbeefL, packet.ssrc());
        assertEquals("cafe", ByteBufUtil.hexDump(packet.payload()));
        assertEquals("aa", ByteBufUtil.hexDump(HeaderExtensions.find(packet, 1)));
        assertEquals(0x0102, HeaderExtensions.unsignedShort(packet, 5));
        assertEquals("\u0003\u0003\u0003", HeaderExtensions.text(packet, 3));
        assertNull(HeaderExtensions.find(packet, 2));
    }

    @Test
    void extensionsOfTwoBytesAreFoundToo() {
        RtpPacket packet = RtpPacket.parse(bytes("90600001" + "00000000" + "00000001" + "10000002" + "1000" + "200461626364"));
        assertEquals("abcd", HeaderExtensions.text(packet, 0x20));
        assertEquals(0, HeaderExtensions.find(packet, 0x10).readableBytes());
    }

    @Test
    void extensionsThatAreWrittenAreFound() {
        ByteBuf out = Unpooled.buffer();
        RtpPacket.writeHeader(out, false, 111, 7, 1L << 31, 0xffffffffL);
        out.setByte(0, 0x90);
        int begin = HeaderExtensions.begin(out);
        HeaderExtensions.element(out, 3, bytes("1234"));
        HeaderExtensions.element(out, 4, bytes("30"));
        HeaderExtensions.end(out, begin);
        assertEquals(HeaderExtensions.blockBytes(2, 3), out.writerIndex() - begin);
        RtpPacket packet = RtpPacket.parse(out.writeByte(9));
        assertEquals(0x1234, HeaderExtensions.unsignedShort(packet, 3));
        assertEquals("0", HeaderExtensions.text(packet, 4));
        assertEquals(1, packet.payloadBytes());
    }

    @Test
    void whatGoesBeyondThePacketIsRefused() {
        for (int length = 0; length < 12; length++) {
            refused(FULL.substring(0, 2 * length), "wanted a header of 12 bytes");
        }
        refused("40" + FULL.substring(2), "wanted version 2, found 1");
        refused("8f600001" + "00000000" + "00000001", "with its CSRCs");
        refused("90600001" + "00000000" + "00000001" + "bede", "header of an extension");
        refused("90600001" + "00000000" + "00000001" + "bedeffff", "wanted a header of 262156 bytes");
        refused("a0600001" + "00000000" + "00000001" + "aa05", "wanted padding of 1 to 2 bytes, found 5");
        refused("a0600001" + "00000000" + "00000001" + "aa00", "found 0");
        refused("a0600001" + "00000000" + "00000001", "found 0");
        assertNull(HeaderExtensions.find(RtpPacket.parse(bytes("90600001" + "00000000" + "00000001" + "bede0001" + "1f000000")), 2), "an element longer than the block");
    }

    private static void refused(String hex, String why) {
        String message = assertThrows(RtpException.class, () -> RtpPacket.parse(bytes(hex))).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void aRepeatedPacketBecomesTheOriginal() {
        ByteBuf out = Unpooled.buffer();
        Rtx.write(out, RtpPacket.parse(bytes(FULL)), 97, 1, 77);
        RtpPacket repeated = RtpPacket.parse(out);
        assertEquals("RTP 97 #1 at 5 M 4 bytes", repeated.toString());
        RtpPacket original = Rtx.original(repeated, 96, 0xdeadbeefL);
        assertEquals("RTP 96 #65534 at 5 M 2 bytes", original.toString());
        assertEquals(0xdeadbeefL, original.ssrc());
        assertEquals("cafe", ByteBufUtil.hexDump(original.payload()));
        assertNull(Rtx.original(RtpPacket.parse(bytes("80610001" + "00000000" + "00000001")), 96, 1), "a probe");
    }

    @Test
    void numbersThatWrapRise() {
        Unwrapper sequences = Unwrapper.ofSequences();
        assertEquals(List.of(65534L, 65536L, 65535L, 65537L), List.of(sequences.unwrap(65534), sequences.unwrap(0), sequences.unwrap(65535), sequences.unwrap(1)));
        Unwrapper timestamps = Unwrapper.ofTimestamps();
        assertEquals(List.of(0xffffff00L, 0x100000100L), List.of(timestamps.unwrap(0xffffff00L), timestamps.unwrap(0x100)));
    }

    @Test
    void timesAreExactBothWays() {
        long day = 86400L * 90_000;
        for (long ticks = day; ticks < day + 1000; ticks++) {
            assertEquals(ticks, RtpClock.ticks(RtpClock.nanos(ticks, 90_000), 90_000));
        }
        assertEquals(86_400_000_000_000L * 365, RtpClock.nanos(day * 365, 90_000));
        assertEquals(-90_000, RtpClock.ticks(-1_000_000_000, 90_000));
    }
}
