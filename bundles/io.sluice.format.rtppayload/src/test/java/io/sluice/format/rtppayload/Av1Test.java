package io.sluice.format.rtppayload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import io.sluice.format.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** GStreamer 1.22 has no payloader for AV1: the bytes are compared with the document, and browsers judge elsewhere. */
class Av1Test {
    private static final Track TRACK = TrackOf.av1(1, HexFormat.of().parseHex("81010c000a0b0000000cc5036936be4010"));
    private static final String SEQUENCE = "0a0b0000000cc5036936be4010";

    private static ByteBuf frame(Random random, int size) {
        ByteBuf out = Unpooled.buffer().writeByte(0x32);
        Obu.writeLeb128(out, size);
        byte[] data = new byte[size];
        random.nextBytes(data);
        return out.writeBytes(data);
    }

    @Test
    void theHeaderSaysWhatThePacketHas() {
        Sender sender = new Sender(TRACK, 100);
        sender.send(Unpooled.buffer().writeBytes(ByteBufUtil.decodeHexDump("1200" + SEQUENCE)).writeBytes(frame(new Random(1), 30)), 0, true);
        assertEquals("08" + "0c" + "080000000cc5036936be4010" + "1f" + "30", ByteBufUtil.hexDump(sender.parsed().get(0).payload(), 0, 16), "no delimiter, no sizes, lengths for all, N");
        sender.packets.clear();
        sender.send(frame(new Random(1), 150), 0, false);
        assertEquals(List.of("50", "90"), sender.parsed().stream().map(p -> ByteBufUtil.hexDump(p.payload(), 0, 1)).toList());
        assertEquals(List.of(77, 76), sender.parsed().stream().map(RtpPacket::payloadBytes).toList());
    }

    @Test
    void whatIsPackedComesBackAndWhatIsMissingIsLost() {
        Random random = new Random(2);
        Sender sender = new Sender(TRACK, 500);
        List<ByteBuf> units = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ByteBuf unit = Unpooled.buffer();
            if (i % 25 == 0) {
                unit.writeBytes(ByteBufUtil.decodeHexDump(SEQUENCE));
            }
            unit.writeBytes(frame(random, random.nextInt(300))).writeBytes(frame(random, 1 + random.nextInt(3000)));
            units.add(unit);
            sender.send(unit, i * 3000L, i % 25 == 0);
        }
        List<RtpPacket> packets = new ArrayList<>(sender.parsed());
        try (Receiver receiver = new Receiver(Codec.AV1).receive(packets)) {
            assertEquals(units, receiver.units.stream().map(Receiver.Unit::bytes).toList());
            assertEquals(List.of(TRACK), receiver.tracks);
            assertEquals(4, receiver.units.stream().filter(Receiver.Unit::key).count());
        }
        packets.remove(50);
        try (Receiver receiver = new Receiver(Codec.AV1).receive(packets)) {
            assertTrue(receiver.lost.size() >= 1 && receiver.lost.size() <= 2, receiver.lost.toString());
            assertTrue(units.containsAll(receiver.units.stream().map(Receiver.Unit::bytes).toList()));
        }
    }

    @Test
    void theTrackOfASequenceHeaderIsItsRecord() {
        try (Receiver receiver = new Receiver(Codec.AV1)) {
            Sender sender = new Sender(TRACK, 500);
            sender.send(frame(new Random(1), 10), 0, true);
            receiver.receive(sender.parsed());
            assertEquals(List.of(TRACK), receiver.tracks, "the packetiser added the track's own");
        }
    }
}
