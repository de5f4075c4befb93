package io.sluice.testkit.hls;

import java.nio.ByteBuffer;

/**
 * A PES packet (ISO/IEC 13818-1, 2.4.3.6).
 *
 * @param pts     90 kHz, 33 bits
 * @param dts     the same as pts where it has none of its own
 * @param payload the elementary stream's bytes
 */
record Pes(long pts, long dts, ByteBuffer payload) {
    static Pes parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < 14 || in.getInt(0) >>> 8 != 1) {
            throw new IllegalArgumentException("no start code 000001 in " + bytes.length + " bytes");
        }
        int length = in.getShort(4) & 0xFFFF;
        if (length != 0 && length != bytes.length - 6) {
            throw new IllegalArgumentException("its length field says " + length + ", it has " + (bytes.length - 6));
        }
        int flags = in.get(7) & 0xC0;
        if (flags == 0) {
            throw new IllegalArgumentException("no PTS");
        }
        long pts = time(in, 9);
        long dts = flags == 0xC0 ? time(in, 14) : pts;
        int payload = 9 + (in.get(8) & 0xFF);
        return new Pes(pts, dts, in.slice(payload, bytes.length - payload));
    }

    private static long time(ByteBuffer in, int at) {
        return (in.get(at) & 0x0EL) << 29 | (in.getShort(at + 1) & 0xFFFEL) << 14 | (in.getShort(at + 3) & 0xFFFEL) >> 1;
    }
}
