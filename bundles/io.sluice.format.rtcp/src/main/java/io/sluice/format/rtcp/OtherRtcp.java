package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;

/** A packet that nothing here reads: application-defined, extended reports, feedback of other kinds. */
public record OtherRtcp(int type, int count) implements RtcpPacket {
    /** Without its body, which was not kept. */
    @Override
    public void write(ByteBuf out) {
        Rtcp.end(out, Rtcp.begin(out, type, count));
    }
}
