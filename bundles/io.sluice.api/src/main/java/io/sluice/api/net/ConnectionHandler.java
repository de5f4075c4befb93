package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ConsumerType;

/** A protocol's side of one connection. Every call comes on the connection's loop; none may block. */
@ConsumerType
public interface ConnectionHandler {
    /**
     * Bytes from the peer, those left unread by the last call first. Reads what it can use by moving the reader index and leaves the
     * rest, which the core keeps (bounded) and, in a hand-over, shows to the next version. The buffer is borrowed for this call.
     *
     * @throws ProtocolException to end the connection with one clear log line
     */
    void received(ByteBuf in);

    /** The peer takes bytes again after {@link Connection#writable} was false. */
    void writable();

    /**
     * The server stops: say what the protocol has for an end. The connection is closed after this call, once what was written is sent.
     *
     * @param reason for the peer
     */
    default void stopping(String reason) {
    }

    /** The connection has ended or is being ended; nothing can be written. Not called when another version takes over, nor after a bundle's stop, where the connection was accepted. */
    void closed();

    /**
     * What another version needs to go on from here: called between two events, must change nothing. Also called when the bundle stops: then the connection is
     * frozen until a version goes on, and this handler gets no more calls; its connection is not writable, and what it still writes is released.
     *
     * @return null when this cannot be moved now (a handshake, a pending question): it is asked again until the drain time is over; at a stop for a second, then the
     *         connection is closed
     */
    default Snapshot snapshot() {
        return null;
    }
}
