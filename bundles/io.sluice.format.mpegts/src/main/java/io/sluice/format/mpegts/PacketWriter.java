package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

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
    /** One packet is put together here and copied whole: cheaper than byte by byte into the buffer of others. */
    private final ByteBuf packet = Unpooled.buffer(PACKET, PACKET);
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

    /** Appends a packet of one table, which the writer of the table fills to its end. */
    void table(int pid, Consumer<ByteBuf> section, ByteBuf out) {
        header(pid, true, false, true);
        section.accept(packet);
        out.writeBytes(packet);
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
            header(pid, first, adaptation > 0, true);
            adaptation(adaptation, flags, pcr);
            out.writeBytes(packet.writeBytes(pes, payload));
            first = false;
            flags = 0;
            fields = 0;
        }
    }

    /** A packet of nothing but a PCR: its counter does not rise (section 2.4.3.3). */
    void pcrOnly(int pid, long pcr, ByteBuf out) {
        header(pid, false, true, false);
        adaptation(ROOM, 0x10, pcr);
        out.writeBytes(packet);
    }

    private void header(int pid, boolean start, boolean adaptation, boolean payload) {
        int before = continuity.getOrDefault(pid, 15);
        int counter = payload ? before + 1 & 15 : before;
        continuity.put(pid, counter);
        packets++;
        packet.clear();
        packet.writeByte(0x47);
        packet.writeShort((start ? 0x4000 : 0) | pid);
        packet.writeByte((adaptation ? 0x20 : 0) | (payload ? 0x10 : 0) | counter);
    }

    private void adaptation(int bytes, int flags, long pcr) {
        if (bytes == 0) {
            return;
        }
        int end = packet.writerIndex() + bytes;
        packet.writeByte(bytes - 1);
        if (bytes > 1) {
            packet.writeByte(flags);
        }
        if ((flags & 0x10) != 0) {
            packet.writeInt((int) (pcr >> 1));
            packet.writeShort((int) (pcr & 1) << 15 | 0x7e00);
        }
        while (packet.writerIndex() < end) {
            packet.writeByte(0xff);
        }
    }
}
