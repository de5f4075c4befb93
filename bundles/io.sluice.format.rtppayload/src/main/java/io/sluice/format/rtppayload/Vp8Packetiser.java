package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;

/** VP8, RFC 7741, with the shortest descriptor: S on a frame's first packet. Players order frames by their sequence numbers. */
final class Vp8Packetiser implements Packetiser {
    private static final int DESCRIPTOR = 1;
    private static final int START = 0x10;

    private final int maxBytes;

    Vp8Packetiser(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void packetise(ByteBuf unit, boolean key, PayloadSink out) {
        Pieces.of(unit.readableBytes(), maxBytes - DESCRIPTOR).forEach((offset, length, first, last) ->
            out.packet(DESCRIPTOR + length, last, 0).writeByte(first ? START : 0).writeBytes(unit, unit.readerIndex() + offset, length));
    }
}
