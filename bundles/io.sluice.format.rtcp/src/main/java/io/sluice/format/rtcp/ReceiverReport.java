package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** RFC 3550 section 6.4.2. @param ssrc of whoever reports */
public record ReceiverReport(long ssrc, List<ReportBlock> blocks) implements RtcpPacket {
    public ReceiverReport {
        blocks = List.copyOf(blocks);
    }

    static ReceiverReport read(ByteBuf in, int count) {
        return new ReceiverReport(in.readUnsignedInt(), ReportBlock.read(in, count));
    }

    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.RR, blocks.size());
        out.writeInt((int) ssrc);
        blocks.forEach(block -> block.write(out));
        Rtcp.end(out, at);
    }
}
