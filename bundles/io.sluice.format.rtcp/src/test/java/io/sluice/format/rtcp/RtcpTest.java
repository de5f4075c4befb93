package io.sluice.format.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.format.rtp.RtpException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RtcpTest {
    static final List<RtcpPacket> ALL = List.of(
        new SenderReport(1, 0xe5a1b2c3_80000000L, 0xfffffff0L, 100, 0xffffffffL, List.of(new ReportBlock(2, 255, -1, 0x1ffff, 9, 8, 7))),
        new ReceiverReport(0xffffffffL, List.of(new ReportBlock(1, 0, 8388607, 0, 0, 0, 0), new ReportBlock(2, 1, -8388608, 0xffffffffL, 1, 2, 3))),
        new SourceDescription(Map.of(5L, "a@b")), new Bye(List.of(1L, 0xfffffffeL)), new Nack(1, 2, List.of(65530, 65535, 3, 40)), new PictureLoss(1, 2),
        new FullIntraRequest(1, Map.of(2L, 255)), new Remb(1, 4_000_000, List.of(7L, 8L)),
        new TransportFeedback(1, 2, 65530, 0xfffffe, 200, new int[] {0, 255, 256, TransportFeedback.LOST, -1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 32767, -32768, TransportFeedback.LOST, 3}));

    static ByteBuf written(List<RtcpPacket> packets) {
        ByteBuf out = Unpooled.buffer();
        packets.forEach(packet -> packet.write(out));
        return out;
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void whatIsWrittenIsRead() {
        assertEquals(ALL, Rtcp.parse(written(ALL)));
        ALL.forEach(packet -> assertEquals(0, written(List.of(packet)).readableBytes() % 4, packet.toString()));
        ALL.forEach(packet -> assertTrue(Rtcp.is(written(List.of(packet))), packet.toString()));
        assertFalse(Rtcp.is(bytes("8060")));
    }

    @Test
    void theBytesAreThoseOfTheDocuments() {
        assertEquals("81ce0002" + "00000001" + "00000002", ByteBufUtil.hexDump(written(List.of(new PictureLoss(1, 2)))));
        assertEquals("81ca0002" + "00000005" + "01016100", ByteBufUtil.hexDump(written(List.of(new SourceDescription(Map.of(5L, "a"))))));
        assertEquals("81cd0003" + "00000001" + "00000002" + "00640005", ByteBufUtil.hexDump(written(List.of(new Nack(1, 2, List.of(100, 101, 103))))));
        assertEquals("8fce0005" + "00000001" + "00000000" + "52454d42" + "0113d090" + "00000007", ByteBufUtil.hexDump(written(List.of(new Remb(1, 4_000_000, List.of(7L))))));

        // of the draft's section 3.1.3: a run of 0 0 0 0 0 ... and a vector of one-bit symbols are read
        ByteBuf feedback = bytes("8fcd0006" + "00000001" + "00000002" + "000a0010" + "00000a01" + "0002" + "b800" + "0408" + "0c00");
        TransportFeedback read = (TransportFeedback) Rtcp.parse(feedback).get(0);
        assertEquals(16, read.deltas().length);
        assertEquals(List.of(TransportFeedback.LOST, TransportFeedback.LOST, 4, 8, 12), Arrays.stream(read.deltas()).limit(5).boxed().toList());
    }

    @Test
    void unknownKindsArePassedOverAndPaddingIsCutOff() {
        assertEquals(List.of(new OtherRtcp(207, 0), new PictureLoss(1, 2)), Rtcp.parse(bytes("80cf0001aabbccdd" + "a1ce0003" + "00000001" + "00000002" + "00000004")));
    }

    @Test
    void whatGoesBeyondTheDatagramIsRefused() {
        for (String hex : List.of("80", "80c90005", "40c90000", "9fc90001" + "00000001", "a1ce0002" + "00000001" + "00000063", "a0cb0000", "82cb0001" + "00000001",
            "81ca0002" + "00000005" + "01ff6100", "8fcd0005" + "00000001" + "00000002" + "000affff" + "00000a01" + "3fff0000", "8fcd0005" + "00000001" + "00000002" + "000a0010" + "00000a01" + "00000000",
            "8fce0004" + "00000001" + "00000000" + "52454d42" + "05000000", "80c80001" + "00000001")) {
            String message = assertThrows(RtpException.class, () -> Rtcp.parse(bytes(hex)), hex).getMessage();
            assertTrue(message.startsWith("RTCP: wanted "), message);
        }
    }

    @Test
    void theTimeToTheOtherSideAndBackIsThatOfTheReport() {
        long sent = NtpTime.of(1_700_000_000_123_456_789L);
        assertEquals(1_700_000_000_123_456_789L, NtpTime.unixNanos(sent), 1);
        long back = NtpTime.of(1_700_000_000_123_456_789L + 350_000_000L);
        ReportBlock block = new ReportBlock(1, 0, 0, 0, 0, NtpTime.middle(sent), NtpTime.units(300_000_000));
        assertEquals(50_000_000, NtpTime.roundTripNanos(block, back), 20_000);
        assertEquals(-1, NtpTime.roundTripNanos(new ReportBlock(1, 0, 0, 0, 0, 0, 0), back));
    }

    @Test
    void lossesAndJitterAreCountedAsTheReceiverSeesThem() {
        ReceptionStatistics statistics = new ReceptionStatistics(90_000);
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 5) {
                statistics.received(65_500 + i & 0xffff, i * 3600L + 0xffff_0000L & 0xffffffffL, i * 40_000_000L);
            }
        }
        statistics.reported(new SenderReport(1, 0x1234_5678_9abc_def0L, 0, 0, 0, List.of()), 0);
        ReportBlock block = statistics.report(9, 2_000_000_000L);
        assertEquals(new ReportBlock(9, 25, 10, 65_599, block.jitter(), 0x5678_9abcL, 131_072), block);
        assertTrue(block.jitter() <= 1, "packets came as they should, found a jitter of " + block.jitter());
        assertEquals(0, statistics.report(9, 0).fractionLost(), "none since");
        statistics.received(65_599 & 0xffff, 0, 0);
        assertEquals(9, statistics.lost(), "one came twice");
    }

    @Test
    void feedbackTellsWhenEachPacketCame() {
        ArrivalLog log = new ArrivalLog();
        assertNull(log.feedback(1, 2));
        log.arrived(65_535, 1_000_000_000L);
        log.arrived(1, 1_010_000_000L);
        log.arrived(2, 1_009_000_000L);
        TransportFeedback first = log.feedback(1, 2);
        // 1 s is 15 times 64 ms and 160 units of 250 µs
        assertEquals(new TransportFeedback(1, 2, 65_535, 15, 0, new int[] {160, TransportFeedback.LOST, 40, -4}), first);
        log.arrived(5, 1_100_000_000L);
        TransportFeedback second = log.feedback(1, 2);
        assertEquals(1, second.number());
        assertEquals(3, second.base(), "3 and 4 are told as lost");
        assertEquals(3, second.deltas().length);
        assertNull(log.feedback(1, 2));
        log.arrived(4, 1_200_000_000L);
        assertNull(log.feedback(1, 2), "what was told stays told");
        log.arrived(6000, 1_300_000_000L);
        assertEquals(1024, log.feedback(1, 2).deltas().length, "no more than the window");
        assertNull(log.feedback(1, 2));
    }
}
