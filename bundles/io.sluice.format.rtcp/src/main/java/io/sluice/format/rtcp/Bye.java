package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** RFC 3550 section 6.6; a reason is not read. */
public record Bye(List<Long> ssrcs) implements RtcpPacket {
    public Bye {
        ssrcs = List.copyOf(ssrcs);
    }

    static Bye read(ByteBuf in, int count) {
        List<Long> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(in.readUnsignedInt());
        }
        return new Bye(ssrcs);
    }

    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.BYE, ssrcs.size());
        ssrcs.forEach(ssrc -> out.writeInt((int) (long) ssrc));
        Rtcp.end(out, at);
    }
}
