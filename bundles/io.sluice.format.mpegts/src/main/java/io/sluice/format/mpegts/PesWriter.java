package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;

/** PES packets, ISO/IEC 13818-1 section 2.4.3.6: header with PTS, and DTS where it differs. */
final class PesWriter {
    static final int VIDEO = 0xe0;
    static final int AUDIO = 0xc0;
    private static final int MAX_LENGTH = 0xffff;

    private PesWriter() {
    }

    /** Appends the header; {@link #length} completes it. Times are 33-bit ticks. */
    static void header(ByteBuf out, int streamId, long pts, long dts) {
        boolean both = pts != dts;
        out.writeInt(0x100 | streamId);
        out.writeShort(0);
        out.writeByte(0x84);
        out.writeByte(both ? 0xc0 : 0x80);
        out.writeByte(both ? 10 : 5);
        stamp(out, both ? 3 : 2, pts);
        if (both) {
            stamp(out, 1, dts);
        }
    }

    /** Fills in PES_packet_length once all is there; 0 (unbounded) is allowed for video only, where it does not fit. */
    static void length(ByteBuf pes) {
        int length = pes.writerIndex() - 6;
        pes.setShort(4, length > MAX_LENGTH ? 0 : length);
    }

    private static void stamp(ByteBuf out, int mark, long ticks) {
        out.writeByte(mark << 4 | (int) (ticks >> 29) & 0xe | 1);
        out.writeShort((int) (ticks >> 14) & 0xfffe | 1);
        out.writeShort((int) (ticks << 1) & 0xfffe | 1);
    }
}
