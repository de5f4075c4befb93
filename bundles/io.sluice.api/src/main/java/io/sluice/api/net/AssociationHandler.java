package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ConsumerType;

/** A protocol's side of one association. Every call comes on the association's loop; none may block. */
@ConsumerType
public interface AssociationHandler {
    /**
     * One datagram.
     *
     * @param datagram borrowed for this call
     * @param from     its sender: the peer, or somebody who named this association's key
     * @throws ProtocolException to end the association with one clear log line
     */
    void received(ByteBuf datagram, InetSocketAddress from);

    /** The kernel takes datagrams again after {@link Connection#writable} was false. */
    void writable();

    /** The server stops: say what the protocol has for an end. */
    default void stopping(String reason) {
    }

    /** The association has ended. Not called when another version takes over. */
    void closed();

    /** Another version has taken over, or the association is parked: this handler gets no more calls. What it holds outside the heap is to be released; nothing can be sent. */
    default void left() {
    }

    /**
     * What another version needs to go on from here; changes nothing. Also called when the bundle stops: then this handler gets no more calls.
     *
     * @return null when it cannot be moved now: it is asked again
     */
    default Snapshot snapshot() {
        return null;
    }
}
