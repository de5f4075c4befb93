package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.format.rtp.RtpException;
import io.sluice.testkit.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public final class RtcpFuzzTest {
    /** Four bytes of a NACK can name 17 packets; two bytes of feedback 8,191 of four bytes each, but at most 8,192 of them. */
    private static final int BYTES_PER_BYTE = 1024;
    private static final Fuzz FUZZ = new Fuzz("RTCP", RtpException.class, BYTES_PER_BYTE, RtcpFuzzTest::read);

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedPacketsAreReadOrRefusedAndCostWhatTheyWeigh() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        RtcpTest.ALL.forEach(packet -> seeds.add(bytes(List.of(packet))));
        seeds.add(bytes(RtcpTest.ALL));
        FUZZ.run(RtcpFuzzTest.class, seeds);
    }

    private static byte[] bytes(List<RtcpPacket> packets) {
        ByteBuf out = RtcpTest.written(packets);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static void read(byte[] input) {
        Rtcp.parse(Unpooled.wrappedBuffer(input));
    }
}
