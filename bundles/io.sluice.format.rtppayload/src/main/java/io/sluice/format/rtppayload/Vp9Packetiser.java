package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;

/** VP9, RFC 9628, with the shortest descriptor: B, E, and P where the frame needs others. No picture id, no layers. */
final class Vp9Packetiser implements Packetiser {
    private static final int DESCRIPTOR = 1;
    private static final int PREDICTED = 0x40;
    private static final int BEGIN = 0x08;
    private static final int END = 0x04;

    private final int maxBytes;

    Vp9Packetiser(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void packetise(ByteBuf unit, boolean key, PayloadSink out) {
        Pieces.of(unit.readableBytes(), maxBytes - DESCRIPTOR).forEach((offset, length, first, last) ->
            out.packet(DESCRIPTOR + length, last, 0).writeByte((key ? 0 : PREDICTED) | (first ? BEGIN : 0) | (last ? END : 0)).writeBytes(unit, unit.readerIndex() + offset, length));
    }
}
