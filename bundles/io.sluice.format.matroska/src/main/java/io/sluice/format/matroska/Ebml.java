package io.sluice.format.matroska;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes EBML elements (RFC 8794) to the end of a buffer.
 *
 * <pre>
 * | id (1 to 4, its length in the first bits) | size (1 to 8, its length in the first bits) | data … |
 * </pre>
 */
final class Ebml {
    /** Up to 256 MiB, filled in when the data is there. */
    private static final int MASTER_SIZE = 0x1000_0000;
    private static final int ONE_BYTE_SIZE = 0x80;
    private static final int ONE_BYTE_MOST = 0x7e;
    private static final int TWO_BYTE_SIZE = 0x4000;
    private static final int TWO_BYTE_MOST = 0x3ffe;

    private Ebml() {
    }

    /** What writes the elements inside of another. */
    @FunctionalInterface
    interface Body {
        void write();
    }

    static void master(ByteBuf out, int id, Body body) {
        id(out, id);
        int at = out.writerIndex();
        out.writeInt(0);
        body.write();
        out.setInt(at, MASTER_SIZE | out.writerIndex() - at - 4);
    }

    static void unsigned(ByteBuf out, int id, long value) {
        id(out, id);
        int bytes = Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 7) / 8);
        out.writeByte(ONE_BYTE_SIZE | bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.writeByte((int) (value >>> shift));
        }
    }

    /** Always with eight bytes, so that another value can take its place. */
    static void unsigned64(ByteBuf out, int id, long value) {
        id(out, id);
        out.writeByte(ONE_BYTE_SIZE | 8).writeLong(value);
    }

    static void float64(ByteBuf out, int id, double value) {
        id(out, id);
        out.writeByte(ONE_BYTE_SIZE | 8).writeDouble(value);
    }

    static void text(ByteBuf out, int id, String value) {
        binary(out, id, value.getBytes(StandardCharsets.UTF_8));
    }

    static void binary(ByteBuf out, int id, byte[] value) {
        id(out, id);
        size(out, value.length);
        out.writeBytes(value);
    }

    /** Room of so many bytes for what comes later: 2 to 128. */
    static void room(ByteBuf out, int bytes) {
        id(out, Id.VOID);
        out.writeByte(ONE_BYTE_SIZE | bytes - 2).writeZero(bytes - 2);
    }

    static void id(ByteBuf out, int id) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            if (id >>> shift != 0) {
                out.writeByte(id >>> shift);
            }
        }
    }

    static void size(ByteBuf out, int bytes) {
        if (bytes <= ONE_BYTE_MOST) {
            out.writeByte(ONE_BYTE_SIZE | bytes);
        } else if (bytes <= TWO_BYTE_MOST) {
            out.writeShort(TWO_BYTE_SIZE | bytes);
        } else {
            out.writeInt(MASTER_SIZE | bytes);
        }
    }
}
