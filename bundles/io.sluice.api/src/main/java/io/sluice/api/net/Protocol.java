package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ConsumerType;

/** A protocol over a byte stream. Registered as a service with the property {@value #NAME}; listeners name the protocols they offer. */
@ConsumerType
public interface Protocol {
    /** Service property of every plugin type: the name that configuration and addresses use, such as "rtmp". */
    String NAME = "sluice.name";

    /** What first bytes tell. */
    enum Match { YES, NO, MORE }

    /** Looks at the first bytes of a connection without moving the reader index. */
    Match match(ByteBuf firstBytes);

    /** A new connection; nothing was read yet. */
    ConnectionHandler open(Connection connection);

    /**
     * Goes on from another version's snapshot, older or newer. Called on the connection's loop between two events; what the peer sent
     * and nobody decoded arrives by {@link ConnectionHandler#received} afterwards. Parse first and take handles last, so that a refusal
     * leaves the old handler as it was.
     *
     * @throws IllegalArgumentException when the snapshot cannot be read: the connection then drains on the old version
     */
    default ConnectionHandler resume(Connection connection, Snapshot snapshot) {
        throw new IllegalArgumentException("this protocol does not resume connections");
    }
}
