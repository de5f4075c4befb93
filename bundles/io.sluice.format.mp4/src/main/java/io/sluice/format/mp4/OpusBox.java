package io.sluice.format.mp4;

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
}
