package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ConsumerType;

/** A protocol over datagrams, whose peers share one port of the core's. Registered as a service with the property {@link Protocol#NAME}; datagram listeners name the protocols they offer. */
@ConsumerType
public interface DatagramProtocol {
    /**
     * Whose a datagram of an unknown sender is. Called on any loop, for whatever strangers send: must be cheap and must not throw; leaves the reader index where it is.
     *
     * @return the key of an association that was {@linkplain Datagrams#introduce introduced}; "" for a newcomer, for whom {@link #open} is called; null when it is not of this protocol
     */
    String key(ByteBuf datagram);

    /** A newcomer, on the association's loop; its first datagram follows. */
    default AssociationHandler open(Association association) {
        throw new ProtocolException("this protocol takes only peers that were introduced");
    }

    /**
     * Goes on from another version's snapshot, older or newer, on the association's loop between two datagrams. Parse first and take handles last, so that a refusal leaves the old
     * handler as it was.
     *
     * @throws IllegalArgumentException when the snapshot cannot be read: the association then stays with the old version
     */
    default AssociationHandler resume(Association association, Snapshot snapshot) {
        throw new IllegalArgumentException("this protocol does not resume associations");
    }
}
