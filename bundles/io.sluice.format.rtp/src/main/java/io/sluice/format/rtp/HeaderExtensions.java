package io.sluice.format.rtp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Elements of RTP header extensions, one-byte and two-byte form, RFC 8285 section 4. */
public final class HeaderExtensions {
    private static final int ONE_BYTE = 0xbede;
    private static final int TWO_BYTES = 0x1000;
    /** The id that ends the one-byte form. */
    private static final int STOP = 15;

    private HeaderExtensions() {
    }

    /**
     * Looks for an element.
     *
     * @param id 1 to 255
     * @return a slice of its data, not retained; null where the packet has none, or its extension is broken before it
     */
    public static ByteBuf find(RtpPacket packet, int id) {
        boolean one = packet.extensionProfile() == ONE_BYTE;
        if (!one && (packet.extensionProfile() & 0xfff0) != TWO_BYTES || packet.extensionBytes() == 0) {
            return null;
        }
        ByteBuf in = packet.buffer();
        int at = packet.extensionAt();
        int end = at + packet.extensionBytes();
        while (at < end) {
            int head = in.getUnsignedByte(at++);
            if (head == 0) {
                continue;
            }
            if (!one && at == end || one && head >> 4 == STOP) {
                return null;
            }
            int length = one ? (head & 0x0f) + 1 : in.getUnsignedByte(at++);
            if (length > end - at) {
                return null;
            }
            if ((one ? head >> 4 : head) == id) {
                return in.slice(at, length);
            }
            at += length;
        }
        return null;
    }

    /** A number of two bytes, as of transport-wide congestion control. @return -1 where the packet has none */
    public static int unsignedShort(RtpPacket packet, int id) {
        ByteBuf data = find(packet, id);
        return data != null && data.readableBytes() >= 2 ? data.getUnsignedShort(data.readerIndex()) : -1;
    }

    /** A name, as of mid and rid. @return null where the packet has none */
    public static String text(RtpPacket packet, int id) {
        ByteBuf data = find(packet, id);
        return data == null ? null : data.toString(StandardCharsets.UTF_8);
    }

    /** Bytes that a block of one-byte elements takes, its header included. @param dataBytes of all elements together */
    public static int blockBytes(int elements, int dataBytes) {
        return 4 + (elements + dataBytes + 3 & ~3);
    }

    /** Begins a block of one-byte elements. The packet's X bit is the caller's to set. @return where the block begins, for {@link #end} */
    public static int begin(ByteBuf out) {
        int at = out.writerIndex();
        out.writeShort(ONE_BYTE).writeShort(0);
        return at;
    }

    /** @param id 1 to 14  @param data 1 to 16 bytes, read from its reader index on; its indices stay */
    public static void element(ByteBuf out, int id, ByteBuf data) {
        int length = data.readableBytes();
        if (id < 1 || id >= STOP || length < 1 || length > 16) {
            throw new IllegalArgumentException("a one-byte extension: wanted id 1 to 14 and 1 to 16 bytes, found " + id + " and " + length);
        }
        out.writeByte(id << 4 | length - 1).writeBytes(data, data.readerIndex(), length);
    }

    /** Pads the block and writes its length. */
    public static void end(ByteBuf out, int begin) {
        while ((out.writerIndex() - begin & 3) != 0) {
            out.writeByte(0);
        }
        out.setShort(begin + 2, (out.writerIndex() - begin) / 4 - 1);
    }
}
