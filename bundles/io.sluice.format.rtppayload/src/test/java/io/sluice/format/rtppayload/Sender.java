package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Track;
import io.sluice.format.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;

/** Makes packets of units, with numbers that wrap soon. */
final class Sender {
    static final int TYPE = 96;
    private final Packetiser packetiser;
    private final int maxBytes;
    final List<ByteBuf> packets = new ArrayList<>();
    private int sequence = 65_500;

    Sender(Track track, int maxBytes) {
        this.packetiser = PayloadFormats.packetiser(track, maxBytes);
        this.maxBytes = maxBytes;
    }

    void send(ByteBuf unit, long timestamp, boolean key) {
        packetiser.packetise(unit, key, (bytes, marker, ticks) -> {
            if (bytes > maxBytes) {
                throw new AssertionError("a payload of " + bytes + " bytes, wanted at most " + maxBytes);
            }
            ByteBuf packet = Unpooled.buffer(12 + bytes, 12 + bytes);
            RtpPacket.writeHeader(packet, marker, TYPE, sequence++ & 0xffff, timestamp + ticks, 7);
            packets.add(packet);
            return packet;
        });
    }

    List<RtpPacket> parsed() {
        return packets.stream().map(RtpPacket::parse).toList();
    }
}
