package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ConsumerType;

/** What a route does with a WebSocket's messages (each at most 1 MiB), on the exchange's loop. */
@ConsumerType
public interface WebSocketHandler {
    void text(String message);

    /** The buffer is borrowed. */
    default void binary(ByteBuf message) {
    }

    void closed();
}
