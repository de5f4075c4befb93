package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What one peer and we have with each other over datagrams: a {@link Connection} whose {@link #write} sends one datagram to the peer. It outlives a change of the peer's address.
 * There is no order, no arrival and no throttle: {@link #reading} does nothing, and {@link #writable} tells whether the kernel takes more from this port.
 */
@ProviderType
public interface Association extends Connection {
    /** Under which it was introduced, or "". */
    String key();

    /** The peer; before its first datagram the address of the exchange that introduced it, with port 0. */
    @Override
    InetSocketAddress remote();

    /**
     * Sends several datagrams to the peer, in one system call where the kernel can (UDP_SEGMENT); takes over the caller's reference.
     *
     * @param datagrams    one after another, all of them of {@code segmentBytes} but the last, which may be shorter
     * @param segmentBytes 1 to 1500
     */
    void send(ByteBuf datagrams, int segmentBytes);

    /** Answers the datagram that is being handled, wherever it came from; takes over the caller's reference. Nothing is sent to addresses of one's own choice. */
    void answer(ByteBuf datagram);

    /** The sender of the datagram that is being handled is the peer from here on; to be called once it has proved so. */
    void move();
}
