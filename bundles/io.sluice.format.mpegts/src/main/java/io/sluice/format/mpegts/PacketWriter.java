package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.TreeMap;

/**
 * Transport packets and their continuity counters, ISO/IEC 13818-1 sections 2.4.3.2 to 2.4.3.5.
 *
 * <pre>
 * 47 | error 1 | unit start 1 | priority 1 | PID 13 | scrambling 2 | adaptation 1 payload 1 | continuity 4 | [adaptation field] | payload
 * </pre>
 */
final class PacketWriter {
    static final int PACKET = 188;
    static final long NO_PCR = -1;
    private static final int ROOM = PACKET - 4;

    private final Map<Integer, Integer> continuity;
    private long packets;

    PacketWriter(Map<Integer, Integer> continuity) {
        this.continuity = new TreeMap<>(continuity);
    }

    /** Packets written so far. */
    long packets() {
        return packets;
    }

    Map<Integer, Integer> continuity() {
        return Map.copyOf(continuity);
    }

    /** Begins a packet of one table; the caller fills it to the end that is returned. */
    int table(int pid, ByteBuf out) {
        int end = out.writerIndex() + PACKET;
        header(out, pid, true, false, true);
        return end;
    }

    /**
     * Appends a whole PES packet; its reader index moves to its end.
     *
     * @param pcr           33-bit base for the first packet, or {@link #NO_PCR}
     * @param randomAccess  a decoder can start here
     * @param discontinuity the clock broke before this PCR
     */
    void pes(int pid, ByteBuf pes, long pcr, boolean randomAccess, boolean discontinuity, ByteBuf out) {
        int flags = (pcr != NO_PCR ? 0x10 : 0) | (randomAccess ? 0x40 : 0) | (discontinuity && pcr != NO_PCR ? 0x80 : 0);
        int fields = flags == 0 ? 0 : pcr != NO_PCR ? 8 : 2;
        boolean first = true;
        while (pes.isReadable()) {
            int payload = Math.min(pes.readableBytes(), ROOM - fields);
            int adaptation = ROOM - payload;
            header(out, pid, first, adaptation > 0, true);
            adaptation(out, adaptation, flags, pcr);
            out.writeBytes(pes, payload);
            first = false;
            flags = 0;
            fields = 0;
        }
    }

    /** A packet of nothing but a PCR: its counter does not rise (section 2.4.3.3). */
    void pcrOnly(int pid, long pcr, ByteBuf out) {
        header(out, pid, false, true, false);
        adaptation(out, ROOM, 0x10, pcr);
    }

    private void header(ByteBuf out, int pid, boolean start, boolean adaptation, boolean payload) {
        int before = continuity.getOrDefault(pid, 15);
        int counter = payload ? before + 1 & 15 : before;
        continuity.put(pid, counter);
        packets++;
        out.writeByte(0x47);
        out.writeShort((start ? 0x4000 : 0) | pid);
        out.writeByte((adaptation ? 0x20 : 0) | (payload ? 0x10 : 0) | counter);
    }

    private static void adaptation(ByteBuf out, int bytes, int flags, long pcr) {
        if (bytes == 0) {
            return;
        }
        int end = out.writerIndex() + bytes;
        out.writeByte(bytes - 1);
        if (bytes > 1) {
            out.writeByte(flags);
        }
        if ((flags & 0x10) != 0) {
            out.writeInt((int) (pcr >> 1));
            out.writeShort((int) (pcr & 1) << 15 | 0x7e00);
        }
        while (out.writerIndex() < end) {
            out.writeByte(0xff);
        }
    }
}
