package io.sluice.format.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.testkit.fuzz.Fuzz;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public final class RtpFuzzTest {
    private static final Fuzz FUZZ = new Fuzz("RTP", RtpException.class, 64, RtpFuzzTest::read);

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        FUZZ.once(input);
    }

    @Test
    void damagedPacketsAreReadOrRefused() throws Exception {
        List<String> seeds = List.of("80600001000000000000000101020304", "b2e0fffe00000005deadbeef0000000100000002bede000310aa5101020032030303" + "0000cafe00000004",
            "9060000100000000000000011000000210002004616263640102");
        FUZZ.run(RtpFuzzTest.class, Stream.concat(seeds.stream(), Seeds.payloads()).map(ByteBufUtil::decodeHexDump).toList());
    }

    private static void read(byte[] input) {
        RtpPacket packet = RtpPacket.parse(Unpooled.wrappedBuffer(input));
        for (int id = 1; id < 16; id++) {
            HeaderExtensions.text(packet, id);
            HeaderExtensions.unsignedShort(packet, id);
        }
        ByteBuf again = Unpooled.buffer(input.length + 2);
        Rtx.write(again, packet, 97, 5, 9);
        RtpPacket original = Rtx.original(RtpPacket.parse(again), packet.payloadType(), packet.ssrc());
        if (!original.payload().equals(packet.payload())) {
            throw new IllegalStateException("the payload came back as another");
        }
        Seeds.repair(packet);
    }
}
