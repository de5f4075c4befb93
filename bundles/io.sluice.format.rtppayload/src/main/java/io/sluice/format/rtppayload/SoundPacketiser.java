package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;

/** Opus (RFC 7587): a packet each. G.711 (RFC 3551 section 4.5.14): a byte is a tick, so that frames can be split anywhere. */
final class SoundPacketiser implements Packetiser {
    private final boolean splittable;
    private final int maxBytes;

    SoundPacketiser(boolean splittable, int maxBytes) {
        this.splittable = splittable;
        this.maxBytes = maxBytes;
    }

    /** @throws IllegalArgumentException where a packet of Opus is too large; its encoders do not make such, RFC 6716 has 1,275 bytes a frame */
    @Override
    public void packetise(ByteBuf unit, boolean key, PayloadSink out) {
        if (!splittable && unit.readableBytes() > maxBytes) {
            throw new IllegalArgumentException("RTP payload of Opus: wanted at most " + maxBytes + " bytes, found " + unit.readableBytes());
        }
        Pieces.of(unit.readableBytes(), maxBytes).forEach((offset, length, first, last) ->
            out.packet(length, false, offset).writeBytes(unit, unit.readerIndex() + offset, length));
    }
}
