package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import io.sluice.format.codec.OpusHead;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** 'dOps' (Encapsulation of Opus in ISO Base Media File Format, section 4.3.2): an OpusHead in big-endian, with version 0 instead of 1. */
final class OpusBox {
    private OpusBox() {
    }

    /** As RFC 7845 section 5.1 writes it: with the eight bytes "OpusHead", little-endian. */
    static byte[] head(Box dOps) throws Mp4Exception {
        dOps.need(11);
        ByteBuffer in = dOps.reader();
        in.get();
        ByteBuffer out = ByteBuffer.allocate(8 + dOps.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
        out.put(in.get()).putShort(in.getShort()).putInt(in.getInt()).putShort(in.getShort());
        return out.put(in).array();
    }

    /** The box's body of an OpusHead with or without its first eight bytes; what follows the mapping family stays as it is. */
    static void write(ByteBuf out, byte[] opusHead) {
        OpusHead head = OpusHead.parse(opusHead);
        out.writeByte(0).writeByte(head.channels()).writeShort(head.preSkip()).writeInt(head.inputRate()).writeShort(head.outputGain()).writeByte(head.mappingFamily());
        int fixed = opusHead.length >= 8 && opusHead[0] == 'O' && opusHead[1] == 'p' ? 19 : 11;
        out.writeBytes(opusHead, fixed, opusHead.length - fixed);
    }
}
