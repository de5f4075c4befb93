package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Track;
import java.util.ArrayList;
import java.util.List;

/**
 * AV1, RTP Payload Format for AV1 (AOM) section 4. Small OBUs go together, a large one is split alone. A key frame without a sequence header gets the track's.
 *
 * <pre>
 * |Z|Y| W |N|-|-|-|  Z: begins in the middle of an OBU, Y: ends in the middle, W: how many, 0 where all have lengths, N: a sequence begins
 * </pre>
 */
final class Av1Packetiser implements Packetiser {
    private static final int HEADER = 1;
    private static final int CONTINUES = 0x80;
    private static final int GOES_ON = 0x40;
    private static final int ONE = 0x10;
    private static final int SEQUENCE = 0x08;
    private static final int RECORD_HEADER = 4;

    private final int maxBytes;
    private final List<Obu> configured;

    Av1Packetiser(Track track, int maxBytes) {
        this.maxBytes = maxBytes;
        byte[] record = track.configuration();
        this.configured = record.length > RECORD_HEADER ? obus(Unpooled.wrappedBuffer(record, RECORD_HEADER, record.length - RECORD_HEADER)) : List.of();
    }

    private static List<Obu> obus(ByteBuf in) {
        List<Obu> obus = new ArrayList<>();
        for (int at = in.readerIndex(); at < in.writerIndex();) {
            Obu obu = Obu.parse(in, at, in.writerIndex());
            if (obu.type() != Obu.TEMPORAL_DELIMITER && obu.type() != Obu.TILE_LIST && obu.type() != Obu.PADDING) {
                obus.add(obu);
            }
            at = obu.end();
        }
        return obus;
    }

    @Override
    public void packetise(ByteBuf unit, boolean key, PayloadSink out) {
        List<Obu> obus = obus(unit);
        if (key && obus.stream().noneMatch(o -> o.type() == Obu.SEQUENCE_HEADER)) {
            obus.addAll(0, configured);
        }
        for (int i = 0; i < obus.size();) {
            int to = together(obus, i);
            int first = key && i == 0 ? SEQUENCE : 0;
            if (obus.get(i).bareBytes() > maxBytes - HEADER) {
                split(obus.get(i), first, to == obus.size(), out);
            } else {
                whole(obus.subList(i, to), first, to == obus.size(), out);
            }
            i = to;
        }
    }

    private int together(List<Obu> obus, int from) {
        int bytes = HEADER;
        int to = from;
        while (to < obus.size() && bytes + size(obus.get(to)) <= maxBytes) {
            bytes += size(obus.get(to++));
        }
        return Math.max(to, from + 1);
    }

    private static int size(Obu obu) {
        return Obu.leb128Bytes(obu.bareBytes()) + obu.bareBytes();
    }

    private static void whole(List<Obu> obus, int flags, boolean last, PayloadSink out) {
        if (obus.size() == 1) {
            Obu obu = obus.get(0);
            obu.writeBare(out.packet(HEADER + obu.bareBytes(), last, 0).writeByte(flags | ONE), 0, obu.bareBytes());
            return;
        }
        ByteBuf packet = out.packet(HEADER + obus.stream().mapToInt(Av1Packetiser::size).sum(), last, 0).writeByte(flags);
        for (Obu obu : obus) {
            Obu.writeLeb128(packet, obu.bareBytes());
            obu.writeBare(packet, 0, obu.bareBytes());
        }
    }

    private void split(Obu obu, int flags, boolean lastOfUnit, PayloadSink out) {
        Pieces.of(obu.bareBytes(), maxBytes - HEADER).forEach((offset, length, first, last) -> {
            int header = ONE | (first ? flags : CONTINUES) | (last ? 0 : GOES_ON);
            obu.writeBare(out.packet(HEADER + length, lastOfUnit && last, 0).writeByte(header), offset, length);
        });
    }
}
