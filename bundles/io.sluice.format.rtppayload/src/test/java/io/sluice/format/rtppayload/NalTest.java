package io.sluice.format.rtppayload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import io.sluice.format.rtp.RtpException;
import io.sluice.format.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NalTest {
    static final Track TRACK = TrackOf.avc(1, HexFormat.of().parseHex("0164001effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0fdf8f800"));
    private static final int IDR = 0x65;
    private static final int SLICE = 0x41;

    /** A unit of NAL units with these headers and sizes; slices say that they are a picture's first, or that they are not. */
    static ByteBuf unit(Random random, int... headersAndSizes) {
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < headersAndSizes.length; i += 2) {
            byte[] data = new byte[headersAndSizes[i + 1]];
            random.nextBytes(data);
            data[0] = (byte) (i == 0 ? 0x88 : 0x08);
            out.writeInt(data.length + 1).writeByte(headersAndSizes[i]).writeBytes(data);
        }
        return out;
    }

    @Test
    void piecesOfAUnitAreOfEqualSizeAndTheLastIsNotLarger() {
        Sender sender = new Sender(TRACK, 1000);
        sender.send(unit(new Random(1), SLICE, 50_003), 0, false);
        List<Integer> sizes = sender.packets.stream().map(ByteBuf::readableBytes).toList();
        assertEquals(51, sizes.size());
        assertEquals(1, sizes.subList(0, 50).stream().distinct().count(), sizes.toString());
        assertTrue(sizes.get(50) <= sizes.get(0) && sizes.get(50) > sizes.get(0) - 51, sizes.toString());
        assertTrue(sender.parsed().get(50).marker() && sender.parsed().stream().filter(RtpPacket::marker).count() == 1);
    }

    @Test
    void aKeyFrameIsSentWithItsParameterSetsInOnePacket() {
        Sender sender = new Sender(TRACK, 1000);
        sender.send(unit(new Random(1), IDR, 5000), 0, true);
        assertEquals("78001b67", ByteBufUtil.hexDump(sender.parsed().get(0).payload(), 0, 4), "STAP-A, 27 bytes of SPS");
        sender.packets.clear();
        ByteBuf own = Unpooled.buffer().writeInt(3).writeMedium(0x6764aa).writeBytes(unit(new Random(1), IDR, 5000));
        sender.send(own, 0, true);
        assertEquals("6764aa", ByteBufUtil.hexDump(sender.parsed().get(0).payload()), "one that brings its own keeps its own");
    }

    @Test
    void whatIsPackedComesBackWhateverTheSizesAre() {
        Random random = new Random(7);
        Sender sender = new Sender(TRACK, 900);
        List<ByteBuf> units = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ByteBuf unit = i % 20 == 0 ? unit(random, IDR, 1 + random.nextInt(9000)) : unit(random, SLICE, 1 + random.nextInt(900), SLICE, 1 + random.nextInt(3000), 0x06, 1 + random.nextInt(20));
            units.add(unit);
            sender.send(unit, 4_294_900_000L + i * 3000L, i % 20 == 0);
        }
        try (Receiver receiver = new Receiver(Codec.H264).receive(sender.parsed())) {
            assertEquals(units, receiver.units.stream().map(Receiver.Unit::bytes).toList());
            assertEquals(IntStream.range(0, 200).mapToObj(i -> 4_294_900_000L + i * 3000L).toList(), receiver.units.stream().map(Receiver.Unit::timestamp).toList());
            assertEquals(List.of(TRACK), receiver.tracks);
            assertEquals(10, receiver.units.stream().filter(Receiver.Unit::key).count());
        }
    }

    @Test
    void whicheverPacketIsMissingOnlyItsUnitIsLost() {
        Random random = new Random(3);
        Sender sender = new Sender(TRACK, 500);
        List<ByteBuf> units = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            units.add(unit(random, i == 0 ? IDR : SLICE, 2000, SLICE, 700));
            sender.send(units.get(i), i * 3000L, i == 0);
        }
        List<RtpPacket> packets = sender.parsed();
        for (int missing = 0; missing < packets.size(); missing++) {
            List<RtpPacket> some = new ArrayList<>(packets);
            long damaged = some.remove(missing).timestamp();
            try (Receiver receiver = new Receiver(Codec.H264)) {
                // so that the parameter sets are known, whichever is missing
                receiver.receive(packets.stream().filter(p -> p.timestamp() == 0).toList()).receive(some);
                List<Long> whole = receiver.units.stream().map(Receiver.Unit::timestamp).skip(1).toList();
                for (int i = 0; i < 6; i++) {
                    boolean there = whole.contains(i * 3000L);
                    boolean setsOnly = missing == 0 && i == 0;
                    assertEquals(i * 3000L != damaged || setsOnly, there, "unit " + i + " without packet " + missing + " of " + packets.get(missing));
                }
                assertTrue(receiver.units.stream().allMatch(u -> units.contains(u.bytes())));
            }
        }
    }

    @Test
    void nothingIsToldBeforeTheParameterSets() {
        Sender sender = new Sender(TRACK, 500);
        sender.send(unit(new Random(1), SLICE, 100), 0, false);
        sender.send(unit(new Random(1), IDR, 100), 3000, true);
        try (Receiver receiver = new Receiver(Codec.H264).receive(sender.parsed())) {
            assertEquals(List.of(0L), receiver.lost);
            assertEquals(1, receiver.units.size());
        }
    }

    @Test
    void brokenPayloadsAreNamed() {
        try (Receiver receiver = new Receiver(Codec.H264)) {
            for (String hex : List.of("65", "7800ff65", "7800", "7c85", "7b0000", "1d0000")) {
                ByteBuf packet = Unpooled.buffer();
                RtpPacket.writeHeader(packet, true, 96, 1, 0, 1);
                packet.writeBytes(ByteBufUtil.decodeHexDump(hex));
                assertTrue(assertThrows(RtpException.class, () -> receiver.receive(List.of(RtpPacket.parse(packet))), hex).getMessage().contains("found"), hex);
            }
            assertEquals(List.of(), receiver.units);
        }
    }
}
