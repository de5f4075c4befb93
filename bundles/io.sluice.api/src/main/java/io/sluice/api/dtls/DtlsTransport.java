package io.sluice.api.dtls;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Handle;
import org.osgi.annotation.versioning.ProviderType;

/** One peer's DTLS association and its SRTP contexts; used on its association's loop. What it has to send it sends to the association's peer. */
@ProviderType
public interface DtlsTransport extends AutoCloseable {
    /** What {@link #protect} adds at the most, in bytes. */
    int TAIL_BYTES = 24;

    /** A datagram of DTLS or SRTP (first byte 20 to 63 or 128 to 191, RFC 7983); others are ignored. Borrowed. */
    void received(ByteBuf datagram);

    /** Keys are there. */
    boolean ready();

    /**
     * Protects one RTP packet (RFC 3711, RFC 7714). The extended sequence number must rise for each source.
     *
     * @param header  with fixed part, CSRCs and extensions; borrowed, read from its reader index, which stays
     * @param payload the rest; borrowed likewise
     * @param out     to which the packet is appended
     * @return false when nothing was appended: there are no keys, or the number has been used before
     */
    boolean protect(ByteBuf header, ByteBuf payload, ByteBuf out);

    /** Protects a compound RTCP packet. Borrowed. @return false when nothing was appended: there are no keys */
    boolean protectControl(ByteBuf compound, ByteBuf out);

    /** Packets that were no authentic ones of the peer, and such as came a second time. */
    long rejected();

    /** For a snapshot; {@link Dtls#transport} gives it back to the next version. */
    Handle handle();

    /** Says close_notify to the peer. */
    @Override
    void close();
}
