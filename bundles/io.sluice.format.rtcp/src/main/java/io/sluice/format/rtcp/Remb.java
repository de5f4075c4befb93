package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What a receiver takes at most, draft-alvestrand-rmcat-remb-03 section 2.2.
 *
 * @param sender  SSRC of whoever says it
 * @param bitrate bits a second, of all streams together
 * @param ssrcs   of those streams
 */
public record Remb(long sender, long bitrate, List<Long> ssrcs) implements RtcpPacket {
    private static final int MANTISSA_BITS = 18;
    private static final int NAME = 0x52454d42;

    public Remb {
        ssrcs = List.copyOf(ssrcs);
    }

    static Remb read(ByteBuf in) {
        long sender = in.readUnsignedInt();
        in.skipBytes(8);
        int count = in.readUnsignedByte();
        int number = in.readUnsignedMedium();
        int exponent = number >> MANTISSA_BITS;
        long mantissa = number & (1 << MANTISSA_BITS) - 1;
        long bitrate = exponent > Long.SIZE - 1 - MANTISSA_BITS ? Long.MAX_VALUE : mantissa << exponent;
        List<Long> ssrcs = new ArrayList<>(Math.min(count, in.readableBytes() / 4));
        for (int i = 0; i < count; i++) {
            ssrcs.add(in.readUnsignedInt());
        }
        return new Remb(sender, bitrate, ssrcs);
    }

    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.PAYLOAD, Rtcp.APPLICATION);
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitrate) - MANTISSA_BITS);
        out.writeInt((int) sender).writeInt(0).writeInt(NAME).writeByte(ssrcs.size()).writeMedium(exponent << MANTISSA_BITS | (int) (bitrate >> exponent));
        ssrcs.forEach(ssrc -> out.writeInt((int) (long) ssrc));
        Rtcp.end(out, at);
    }
}
