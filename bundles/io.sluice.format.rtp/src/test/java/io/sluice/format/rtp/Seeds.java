package io.sluice.format.rtp;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.stream.Stream;

/** Packets whose payloads repair others. */
final class Seeds {
    private static final RtpPacket OTHER = RtpPacket.parse(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("8060000b000000000000000101020304")));

    /** Without the leak detector, whose notes would count. */
    private static final UnpooledByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

    private Seeds() {
    }

    static Stream<String> payloads() {
        String header = "80600001" + "00000000" + "00000001";
        return Stream.of(header + "ef0f0003" + "6f" + "aabbcc" + "ddee", header + "0060000a" + "00000000" + "0004" + "0004" + "c000" + "01020304",
            header + "4060000a" + "00000000" + "0004" + "0004" + "c00000000000" + "01020304");
    }

    /** Reads a payload as what it may be. */
    static void repair(RtpPacket packet) {
        Redundancy.forEach(packet.payload(), (type, offset, data) -> {
            if (data.readableBytes() > packet.payloadBytes()) {
                throw new IllegalStateException("a block that is longer than all");
            }
        });
        RtpPacket made = UlpFec.recover(packet.payload(), sequence -> sequence == 0x0a ? null : OTHER, 1, HEAP);
        if (made != null) {
            made.buffer().release();
        }
    }
}
