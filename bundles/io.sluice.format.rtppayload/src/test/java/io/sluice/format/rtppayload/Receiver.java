package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.rtp.RtpPacket;
import io.sluice.format.rtp.Unwrapper;
import java.util.ArrayList;
import java.util.List;

/** Collects what a depacketiser makes of packets. */
final class Receiver implements UnitSink, AutoCloseable {
    record Unit(Track track, long timestamp, boolean key, ByteBuf bytes) {
    }

    private final Depacketiser depacketiser;
    private final Unwrapper timestamps = Unwrapper.ofTimestamps();
    final List<Track> tracks = new ArrayList<>();
    final List<Unit> units = new ArrayList<>();
    final List<Long> lost = new ArrayList<>();
    private int next = -1;

    Receiver(Codec codec) {
        depacketiser = PayloadFormats.depacketiser(codec, 1, ByteBufAllocator.DEFAULT, 1 << 20, this);
    }

    Receiver receive(List<RtpPacket> packets) {
        for (RtpPacket packet : packets) {
            boolean gap = next >= 0 && packet.sequence() != next;
            next = packet.sequence() + 1 & 0xffff;
            depacketiser.packet(packet.payload(), timestamps.unwrap(packet.timestamp()), packet.marker(), gap);
        }
        return this;
    }

    @Override
    public void track(Track track) {
        tracks.add(track);
    }

    @Override
    public void unit(long timestamp, boolean key, ByteBuf unit) {
        units.add(new Unit(tracks.get(tracks.size() - 1), timestamp, key, Unpooled.copiedBuffer(unit)));
    }

    @Override
    public void lost(long timestamp) {
        lost.add(timestamp);
    }

    @Override
    public void close() {
        depacketiser.close();
    }
}
