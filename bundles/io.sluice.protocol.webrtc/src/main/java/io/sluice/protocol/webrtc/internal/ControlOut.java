package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.dtls.DtlsTransport;
import io.sluice.format.rtcp.RtcpPacket;
import java.util.List;

/** Sends RTCP to a session's peer. */
final class ControlOut {
    private static final int BYTES = 1200;

    private ControlOut() {
    }

    static void send(PeerSession session, List<? extends RtcpPacket> packets) {
        ByteBuf compound = PooledByteBufAllocator.DEFAULT.directBuffer(BYTES);
        ByteBuf sealed = PooledByteBufAllocator.DEFAULT.directBuffer(BYTES + DtlsTransport.TAIL_BYTES);
        packets.forEach(p -> p.write(compound));
        if (session.transport().protectControl(compound, sealed)) {
            session.association().write(sealed);
        } else {
            sealed.release();
        }
        compound.release();
    }
}
