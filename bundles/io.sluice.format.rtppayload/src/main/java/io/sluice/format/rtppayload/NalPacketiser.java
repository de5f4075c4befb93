package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.AvcConfiguration;
import io.sluice.format.codec.HevcConfiguration;
import io.sluice.format.codec.NalUnits;
import io.sluice.format.codec.ParameterSets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * H.264 (RFC 6184 in packetization mode 1) and H.265 (RFC 7798): small NAL units together in an aggregation packet, large ones in fragments. A key frame that does not
 * bring its parameter sets gets those of the track.
 */
final class NalPacketiser implements Packetiser {
    private static final int LENGTH = 2;

    /** A NAL unit within a buffer. */
    private record Nal(ByteBuf in, int at, int length) {
    }

    private final NalFormat format;
    private final int maxBytes;
    private final List<Nal> sets;

    NalPacketiser(Track track, int maxBytes) {
        this.format = NalFormat.of(track.codec());
        this.maxBytes = maxBytes;
        this.sets = sets(track).map(b -> new Nal(Unpooled.wrappedBuffer(b), 0, b.length)).toList();
    }

    private static Stream<byte[]> sets(Track track) {
        if (track.codec() == Codec.H265) {
            HevcConfiguration c = HevcConfiguration.parse(track.configuration());
            return Stream.of(c.vps(), c.sps(), c.pps()).flatMap(List::stream);
        }
        AvcConfiguration c = AvcConfiguration.parse(track.configuration());
        return Stream.of(c.sps(), c.pps()).flatMap(List::stream);
    }

    @Override
    public void packetise(ByteBuf unit, boolean key, PayloadSink out) {
        List<Nal> units = units(unit, key);
        for (int i = 0; i < units.size();) {
            int to = together(units, i);
            boolean last = to == units.size();
            if (to - i > 1) {
                aggregate(units.subList(i, to), last, out);
            } else if (units.get(i).length <= maxBytes) {
                out.packet(units.get(i).length, last, 0).writeBytes(units.get(i).in, units.get(i).at, units.get(i).length);
            } else {
                fragments(units.get(i), last, out);
            }
            i = to;
        }
    }

    private List<Nal> units(ByteBuf unit, boolean key) {
        List<Nal> found = new ArrayList<>();
        boolean[] has = new boolean[1];
        NalUnits.forEach(unit, 4, (at, length) -> {
            if (length <= format.headerBytes) {
                return;
            }
            int type = format.type(format.header(unit, at));
            has[0] |= ParameterSets.isSet(format.codec, type);
            if (!format.dropped(type)) {
                found.add(new Nal(unit, at, length));
            }
        });
        if (key && !has[0]) {
            found.addAll(0, sets);
        }
        return found;
    }

    /** Up to which unit those from here on fit in one packet. */
    private int together(List<Nal> units, int from) {
        int bytes = format.headerBytes;
        int to = from;
        while (to < units.size() && bytes + LENGTH + units.get(to).length <= maxBytes) {
            bytes += LENGTH + units.get(to++).length;
        }
        return Math.max(to, from + 1);
    }

    private void aggregate(List<Nal> units, boolean last, PayloadSink out) {
        int bytes = format.headerBytes;
        int header = format.header(units.get(0).in, units.get(0).at);
        for (Nal nal : units) {
            bytes += LENGTH + nal.length;
            header = format.merge(header, format.header(nal.in, nal.at));
        }
        ByteBuf packet = out.packet(bytes, last, 0);
        format.writeHeader(packet, format.headerOfType(header, format.aggregation));
        units.forEach(nal -> packet.writeShort(nal.length).writeBytes(nal.in, nal.at, nal.length));
    }

    /** The unit's own header is left out; its type stands in the byte after the packet's, with S and E. */
    private void fragments(Nal nal, boolean lastOfUnit, PayloadSink out) {
        int header = format.header(nal.in, nal.at);
        int from = nal.at + format.headerBytes;
        int head = format.headerBytes + 1;
        Pieces.of(nal.length - format.headerBytes, maxBytes - head).forEach((offset, length, first, last) -> {
            ByteBuf packet = out.packet(head + length, lastOfUnit && last, 0);
            format.writeHeader(packet, format.headerOfType(header, format.fragment));
            packet.writeByte((first ? 0x80 : 0) | (last ? 0x40 : 0) | format.type(header));
            packet.writeBytes(nal.in, from + offset, length);
        });
    }
}
