package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ProviderType;

/** An open WebSocket, used on its exchange's loop. */
@ProviderType
public interface WebSocket {
    void text(String message);

    /** Takes over the caller's reference. */
    void binary(ByteBuf message);

    boolean writable();

    void close(int code, String reason);
}
