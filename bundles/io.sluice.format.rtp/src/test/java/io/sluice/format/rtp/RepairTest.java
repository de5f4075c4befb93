package io.sluice.format.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepairTest {
    @Test
    void blocksOfRedundancyComeOldestFirst() {
        List<String> seen = new ArrayList<>();
        ByteBuf payload = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("ef0f0003" + "ef078002" + "6f" + "aabbcc" + "1122" + "ddee"));
        Redundancy.forEach(payload, (type, offset, data) -> seen.add(type + " " + offset + " " + ByteBufUtil.hexDump(data)));
        assertEquals(List.of("111 960 aabbcc", "111 480 1122", "111 0 ddee"), seen);
        assertThrows(RtpException.class, () -> Redundancy.forEach(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("ef0f0009" + "6f" + "aabbcc")), (t, o, d) -> { }));
        assertThrows(RtpException.class, () -> Redundancy.forEach(Unpooled.EMPTY_BUFFER, (t, o, d) -> { }));
    }

    @Test
    void anyOnePacketThatIsMissingIsMadeAgain() {
        Random random = new Random(9);
        Map<Integer, RtpPacket> packets = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            byte[] payload = new byte[1 + random.nextInt(100)];
            random.nextBytes(payload);
            ByteBuf out = Unpooled.buffer();
            RtpPacket.writeHeader(out, i == 3, 96, 65534 + i & 0xffff, 1000 + i / 2, 5);
            packets.put(65534 + i & 0xffff, RtpPacket.parse(out.writeBytes(payload)));
        }
        ByteBuf repair = repair(packets);
        for (int missing : List.copyOf(packets.keySet())) {
            RtpPacket made = UlpFec.recover(repair, sequence -> sequence == missing ? null : packets.get(sequence), 5, UnpooledByteBufAllocator.DEFAULT);
            assertEquals(packets.get(missing).buffer(), made.buffer());
            made.buffer().release();
        }
        assertNull(UlpFec.recover(repair, packets::get, 5, UnpooledByteBufAllocator.DEFAULT), "none is missing");
        assertNull(UlpFec.recover(repair, sequence -> null, 5, UnpooledByteBufAllocator.DEFAULT), "all are");
    }

    /** As an encoder would: all headers and payloads by exclusive or. */
    private static ByteBuf repair(Map<Integer, RtpPacket> packets) {
        byte[] out = new byte[14 + 100];
        int length = 0;
        for (RtpPacket packet : packets.values()) {
            ByteBuf in = packet.buffer();
            out[0] ^= (byte) (in.getByte(0) & 0x3f);
            out[1] ^= in.getByte(1);
            for (int i = 4; i < 8; i++) {
                out[i] ^= in.getByte(i);
            }
            length ^= in.readableBytes() - 12;
            for (int i = 12; i < in.readableBytes(); i++) {
                out[14 + i - 12] ^= in.getByte(i);
            }
        }
        return Unpooled.wrappedBuffer(out).setShort(2, 65534).setShort(8, length).setShort(10, 100).setShort(12, 0xf000);
    }
}
