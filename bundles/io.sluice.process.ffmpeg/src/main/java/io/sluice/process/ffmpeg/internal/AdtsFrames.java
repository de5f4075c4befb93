package io.sluice.process.ffmpeg.internal;

import io.netty.buffer.ByteBuf;

/** Takes ADTS apart, ISO/IEC 14496-3 section 1.A.2.2.1. */
final class AdtsFrames {
    private static final int HEADER = 7;
    private static final int CHECKED_HEADER = 9;

    private AdtsFrames() {
    }

    /** The next whole frame without its header: a slice, not retained; null where it is not all there. @throws IllegalArgumentException where it is no ADTS */
    static ByteBuf next(ByteBuf in) {
        if (in.readableBytes() < HEADER) {
            return null;
        }
        int at = in.readerIndex();
        if ((in.getUnsignedShort(at) & 0xfff6) != 0xfff0) {
            throw new IllegalArgumentException("wanted AAC with ADTS headers, found " + Integer.toHexString(in.getUnsignedShort(at)));
        }
        int length = in.getUnsignedMedium(at + 3) >> 5 & 0x1fff;
        int header = (in.getByte(at + 1) & 1) == 0 ? CHECKED_HEADER : HEADER;
        if (length < header) {
            throw new IllegalArgumentException("wanted an ADTS frame of at least " + header + " bytes, found " + length);
        }
        return in.readableBytes() < length ? null : in.readSlice(length).skipBytes(header);
    }
}
