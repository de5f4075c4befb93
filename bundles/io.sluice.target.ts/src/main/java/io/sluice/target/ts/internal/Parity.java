package io.sluice.target.ts.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The exclusive or of a row or a column of packets, as a packet of its own: an RTP header, then that of SMPTE 2022-1, section 7.2 (which is RFC 2733's with an extension), then that of all payloads.
 *
 * <pre>
 *  | SNBase low 16               | length recovery 16          |
 *  |E=1| PT recovery 7 | mask 24, all 0                        |
 *  | timestamp recovery 32                                     |
 *  |N=0|D: 0 column, 1 row|type 3|index 3| offset 8 | NA 8 | SNBase high 8 |
 * </pre>
 */
final class Parity {
    private static final int HEAD_BYTES = 16;
    private static final int VERSION = 0x80;
    /** A dynamic one; section 7.1 leaves it open, and receivers go by the port. */
    private static final int PAYLOAD_TYPE = 96;
    private static final int EXTENDED = 0x80;
    private static final int ROW = 0x40;

    private final int direction;
    private final int offset;
    private final int packets;
    private final byte[] payload;
    private int added;
    private int base;
    private int lengths;
    private int longest;
    private int types;
    private int times;
    private int lastTime;

    private Parity(int direction, int offset, int packets, int payloadBytes) {
        this.direction = direction;
        this.offset = offset;
        this.packets = packets;
        this.payload = new byte[payloadBytes];
    }

    /** @param payloadBytes the most that a packet has behind its RTP header */
    static Parity ofRow(FecSize size, int payloadBytes) {
        return new Parity(ROW, 1, size.columns(), payloadBytes);
    }

    static Parity ofColumn(FecSize size, int payloadBytes) {
        return new Parity(0, size.columns(), size.rows(), payloadBytes);
    }

    /** @param packet from its RTP header on; borrowed */
    void add(ByteBuffer packet) {
        int at = packet.position();
        int bytes = packet.remaining() - RtpOutlet.HEAD_BYTES;
        if (added++ == 0) {
            base = packet.getShort(at + 2);
        }
        types ^= packet.get(at + 1) & 0x7F;
        lastTime = packet.getInt(at + 4);
        times ^= lastTime;
        lengths ^= bytes;
        longest = Math.max(longest, bytes);
        for (int i = 0; i < bytes; i++) {
            payload[i] ^= packet.get(at + RtpOutlet.HEAD_BYTES + i);
        }
    }

    /** The packet, whose number in its stream is left open; what comes then is another row or column. */
    ByteBuffer take() {
        ByteBuffer out = ByteBuffer.allocate(RtpOutlet.HEAD_BYTES + HEAD_BYTES + longest);
        out.put((byte) VERSION).put((byte) PAYLOAD_TYPE).putShort((short) 0).putInt(lastTime).putInt(0);
        out.putShort((short) base).putShort((short) lengths).putInt((EXTENDED | types) << 24).putInt(times);
        out.put((byte) direction).put((byte) offset).put((byte) packets).put((byte) 0);
        out.put(payload, 0, longest).flip();
        Arrays.fill(payload, (byte) 0);
        added = 0;
        lengths = 0;
        longest = 0;
        types = 0;
        times = 0;
        return out;
    }
}
