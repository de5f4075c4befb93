package io.sluice.format.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Forward error correction by parity, RFC 5109: a packet that is missing is the exclusive or of a repair payload and all the other packets that it protects. Level 0 only,
 * which is what browsers send.
 *
 * <pre>
 * |E|L|P|X|  CC   |M| PT recovery |            SN base            |
 * |                          TS recovery                          |
 * |        length recovery        |       protection length       |
 * |       mask, 16 bits; 48 where L is set        |
 * </pre>
 */
public final class UlpFec {
    private static final int HEADER = 10;

    private UlpFec() {
    }

    /** Finds packets by sequence number. */
    @FunctionalInterface
    public interface Received {
        /** @return null where it did not come */
        RtpPacket packet(int sequence);
    }

    /**
     * Makes the one packet that is missing.
     *
     * @param repair    borrowed
     * @param received  borrowed for this call
     * @param ssrc      of the protected packets
     * @return null where none is missing, or more than one is; its buffer is the caller's
     * @throws RtpException where the repair is broken, or does not fit what it repairs
     */
    public static RtpPacket recover(ByteBuf repair, Received received, long ssrc, ByteBufAllocator allocator) {
        int from = repair.readerIndex();
        boolean wide = repair.readableBytes() > 0 && (repair.getByte(from) & 0x40) != 0;
        int head = HEADER + 2 + (wide ? 6 : 2);
        if (repair.readableBytes() < head) {
            throw new RtpException("ULPFEC: wanted headers of " + head + " bytes, found " + repair.readableBytes());
        }
        int length = repair.getUnsignedShort(from + HEADER);
        if (length > repair.readableBytes() - head) {
            throw new RtpException("ULPFEC: wanted " + length + " protected bytes, found " + (repair.readableBytes() - head));
        }
        long mask = wide ? repair.getLong(from + HEADER) & 0xffff_ffff_ffffL : (long) repair.getUnsignedShort(from + HEADER + 2) << 32;
        int base = repair.getUnsignedShort(from + 2);
        int missing = missing(mask, base, received);
        return missing < 0 ? null : new Parity(repair, from + head, length, allocator).recover(mask, base, missing, received, ssrc);
    }

    /** @return -1 where it is not just one */
    private static int missing(long mask, int base, Received received) {
        int missing = -1;
        for (int i = 0; i < 48; i++) {
            int sequence = base + i & 0xffff;
            if (covers(mask, i) && received.packet(sequence) == null) {
                if (missing >= 0) {
                    return -1;
                }
                missing = sequence;
            }
        }
        return missing;
    }

    private static boolean covers(long mask, int index) {
        return (mask >> 47 - index & 1) != 0;
    }

    /** The exclusive or of all, in the making. */
    private static final class Parity {
        private final ByteBuf repair;
        private final int dataAt;
        private final int protectedBytes;
        private final ByteBufAllocator allocator;
        private int first;
        private int second;
        private int timestamp;
        private int length;

        Parity(ByteBuf repair, int dataAt, int protectedBytes, ByteBufAllocator allocator) {
            int from = repair.readerIndex();
            this.repair = repair;
            this.dataAt = dataAt;
            this.protectedBytes = protectedBytes;
            this.allocator = allocator;
            first = repair.getUnsignedByte(from);
            second = repair.getUnsignedByte(from + 1);
            timestamp = repair.getInt(from + 4);
            length = repair.getUnsignedShort(from + 8);
        }

        RtpPacket recover(long mask, int base, int missing, Received received, long ssrc) {
            ByteBuf out = allocator.buffer(RtpPacket.HEADER + protectedBytes);
            out.writeZero(RtpPacket.HEADER).writeBytes(repair, dataAt, protectedBytes);
            for (int i = 0; i < 48; i++) {
                RtpPacket other = covers(mask, i) ? received.packet(base + i & 0xffff) : null;
                if (other != null) {
                    add(other.buffer(), out);
                }
            }
            if (length > protectedBytes) {
                out.release();
                throw new RtpException("ULPFEC: wanted a packet of at most " + protectedBytes + " bytes behind its header, found " + length);
            }
            out.setByte(0, 0x80 | first & 0x3f).setByte(1, second).setShort(2, missing).setInt(4, timestamp).setInt(8, (int) ssrc);
            return parsed(out.writerIndex(RtpPacket.HEADER + length));
        }

        private void add(ByteBuf packet, ByteBuf out) {
            int from = packet.readerIndex();
            int bytes = packet.readableBytes() - RtpPacket.HEADER;
            first ^= packet.getUnsignedByte(from);
            second ^= packet.getUnsignedByte(from + 1);
            timestamp ^= packet.getInt(from + 4);
            length ^= bytes;
            for (int i = 0; i < Math.min(bytes, protectedBytes); i++) {
                int at = RtpPacket.HEADER + i;
                out.setByte(at, out.getByte(at) ^ packet.getByte(from + at));
            }
        }

        private static RtpPacket parsed(ByteBuf out) {
            try {
                return RtpPacket.parse(out);
            } catch (RtpException e) {
                out.release();
                throw e;
            }
        }
    }
}
