package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;

/** Writes the parts of an FLV file, Annex E.2 and E.3; borrows every buffer, moves no reader index. */
public final class FlvWriter {
    private FlvWriter() {
    }

    /** The file's header and the first "previous tag size", 0. */
    public static void begin(ByteBuf out, boolean audio, boolean video) {
        out.writeMedium('F' << 16 | 'L' << 8 | 'V').writeByte(1).writeByte((audio ? 4 : 0) | (video ? 1 : 0)).writeInt(9).writeInt(0);
    }

    /** One tag and its size after it; the body may come in parts. It must be below 16 MiB. */
    public static void tag(ByteBuf out, int type, long timestampMillis, ByteBuf... body) {
        int size = 0;
        for (ByteBuf part : body) {
            size += part.readableBytes();
        }
        out.writeByte(type).writeMedium(size).writeMedium((int) timestampMillis & 0xFFFFFF).writeByte((int) (timestampMillis >> 24)).writeMedium(0);
        for (ByteBuf part : body) {
            out.writeBytes(part, part.readerIndex(), part.readableBytes());
        }
        out.writeInt(FlvTag.HEADER_BYTES + size);
    }
}
