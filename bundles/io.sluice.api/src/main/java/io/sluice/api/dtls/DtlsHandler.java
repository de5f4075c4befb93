package io.sluice.api.dtls;

import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ConsumerType;

/** What a protocol does with a transport's events, each on the association's loop. */
@ConsumerType
public interface DtlsHandler {
    /** The peer has proven that it is who its fingerprint says, and keys are there. Packets follow. */
    void ready();

    /** An authentic RTP or RTCP packet (RFC 5761 tells which), each once; those that came before the keys were ready come after {@link #ready}. Borrowed, and may be written to. */
    void packet(ByteBuf packet);

    /** The peer has said goodbye, or the handshake failed: the reason. Not called after a close of our own. */
    void closed(String reason);
}
