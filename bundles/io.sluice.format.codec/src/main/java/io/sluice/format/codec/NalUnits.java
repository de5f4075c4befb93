package io.sluice.format.codec;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;

/**
 * NAL units of H.264 and H.265 access units: length-prefixed (ISO/IEC 14496-15 section 5.3.4.2) and as a byte stream (ITU-T H.264 Annex B). Nothing here
 * moves the indices of its input, keeps it or releases it; what is written goes to the end of a buffer of the caller.
 */
public final class NalUnits {
    private NalUnits() {
    }

    /** Told of each NAL unit: where it lies in the buffer that was given, header first. */
    @FunctionalInterface
    public interface Visitor {
        void nal(int offset, int length);
    }

    /** Walks over length-prefixed units. @throws IllegalArgumentException where a length goes beyond the buffer */
    public static void forEach(ByteBuf in, int lengthSize, Visitor visitor) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (at < end) {
            int next = next(in, at, lengthSize);
            if (next > at + lengthSize) {
                visitor.nal(at + lengthSize, next - at - lengthSize);
            }
            at = next;
        }
    }

    private static int next(ByteBuf in, int at, int lengthSize) {
        int left = in.writerIndex() - at - lengthSize;
        if (left < 0) {
            throw new IllegalArgumentException("NAL units: wanted a length of " + lengthSize + " bytes, found " + (left + lengthSize));
        }
        long length = length(in, at, lengthSize);
        if (length > left) {
            throw new IllegalArgumentException("NAL units: wanted a unit of " + length + " bytes, found " + left);
        }
        return at + lengthSize + (int) length;
    }

    private static long length(ByteBuf in, int at, int size) {
        return switch (size) {
            case 1 -> in.getUnsignedByte(at);
            case 2 -> in.getUnsignedShort(at);
            case 3 -> in.getUnsignedMedium(at);
            case 4 -> in.getUnsignedInt(at);
            default -> throw new IllegalArgumentException("NAL units: wanted lengths of 1 to 4 bytes, found " + size);
        };
    }

    /** Appends the units with lengths of 4 bytes. */
    public static void toFourByteLengths(ByteBuf in, int lengthSize, ByteBuf out) {
        forEach(in, lengthSize, (offset, length) -> out.writeInt(length).writeBytes(in, offset, length));
    }

    /** Appends units that have 4-byte lengths as a byte stream with 4-byte start codes. */
    public static void toAnnexB(ByteBuf in, ByteBuf out) {
        forEach(in, 4, (offset, length) -> out.writeInt(1).writeBytes(in, offset, length));
    }

    /** Walks over the units of a byte stream; trailing zeros belong to no unit. */
    public static void forEachAnnexB(ByteBuf in, Visitor visitor) {
        int end = in.writerIndex();
        int start = startCode(in, in.readerIndex(), end);
        while (start < end) {
            int from = start + 3;
            int next = startCode(in, from, end);
            int to = next;
            while (to > from && in.getByte(to - 1) == 0) {
                to--;
            }
            if (to > from) {
                visitor.nal(from, to - from);
            }
            start = next;
        }
    }

    /** Where the next 00 00 01 begins, or the end. */
    private static int startCode(ByteBuf in, int from, int end) {
        int at = from;
        while (at + 3 <= end) {
            int one = in.indexOf(at + 2, end, (byte) 1);
            if (one < 0) {
                return end;
            }
            if (in.getByte(one - 1) == 0 && in.getByte(one - 2) == 0) {
                return one - 2;
            }
            at = one - 1;
        }
        return end;
    }

    /** Appends the units of a byte stream with lengths of 4 bytes. */
    public static void fromAnnexB(ByteBuf in, ByteBuf out) {
        forEachAnnexB(in, (offset, length) -> out.writeInt(length).writeBytes(in, offset, length));
    }

    /** Type of the unit whose header begins there. */
    public static int type(Codec codec, ByteBuf in, int offset) {
        return codec == Codec.H265 ? in.getByte(offset) >> 1 & 0x3f : in.getByte(offset) & 0x1f;
    }

    /** True for an access unit (4-byte lengths) that a decoder can start with: an IDR picture of H.264, an IRAP picture of H.265. */
    public static boolean isKey(Codec codec, ByteBuf in) {
        boolean[] key = new boolean[1];
        forEach(in, 4, (offset, length) -> {
            int type = type(codec, in, offset);
            key[0] |= codec == Codec.H265 ? type >= 16 && type <= 21 : type == 5;
        });
        return key[0];
    }
}
