package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What a receiver says of one source, RFC 3550 section 6.4.1.
 *
 * @param fractionLost    of 256, since the report before
 * @param lost            in all, signed 24 bits
 * @param highestSequence with the count of wraps in its upper 16 bits
 * @param jitter          in ticks
 * @param lastReport      middle 32 bits of the NTP time in the last sender report, 0 without one
 * @param sinceLastReport 1/65536 s
 */
public record ReportBlock(long ssrc, int fractionLost, int lost, long highestSequence, long jitter, long lastReport, long sinceLastReport) {
    static final int BYTES = 24;

    static List<ReportBlock> read(ByteBuf in, int count) {
        List<ReportBlock> blocks = new ArrayList<>(Math.min(count, in.readableBytes() / BYTES));
        for (int i = 0; i < count; i++) {
            blocks.add(new ReportBlock(in.readUnsignedInt(), in.readUnsignedByte(), in.readMedium(), in.readUnsignedInt(), in.readUnsignedInt(), in.readUnsignedInt(), in.readUnsignedInt()));
        }
        return blocks;
    }

    void write(ByteBuf out) {
        out.writeInt((int) ssrc).writeByte(fractionLost).writeMedium(lost).writeInt((int) highestSequence).writeInt((int) jitter).writeInt((int) lastReport)
            .writeInt((int) sinceLastReport);
    }
}
