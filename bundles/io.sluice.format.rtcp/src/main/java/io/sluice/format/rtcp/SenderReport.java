package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * RFC 3550 section 6.4.1: ties a source's timestamps to a clock that all sources share.
 *
 * @param ntp       seconds since 1900 in the upper 32 bits, their fraction in the lower; see {@link NtpTime}
 * @param timestamp of the same moment, unsigned
 */
public record SenderReport(long ssrc, long ntp, long timestamp, long packets, long bytes, List<ReportBlock> blocks) implements RtcpPacket {
    public SenderReport {
        blocks = List.copyOf(blocks);
    }

    static SenderReport read(ByteBuf in, int count) {
        return new SenderReport(in.readUnsignedInt(), in.readLong(), in.readUnsignedInt(), in.readUnsignedInt(), in.readUnsignedInt(), ReportBlock.read(in, count));
    }

    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.SR, blocks.size());
        out.writeInt((int) ssrc).writeLong(ntp).writeInt((int) timestamp).writeInt((int) packets).writeInt((int) bytes);
        blocks.forEach(block -> block.write(out));
        Rtcp.end(out, at);
    }
}
