package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;

/** The CRC of tables, ISO/IEC 13818-1 Annex A: polynomial 04c11db7, begun with all ones, not reflected. Over a section with its CRC it is 0. */
final class Crc32Mpeg {
    private Crc32Mpeg() {
    }

    static int of(ByteBuf in, int from, int to) {
        int crc = -1;
        for (int i = from; i < to; i++) {
            crc ^= in.getByte(i) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        return crc;
    }
}
