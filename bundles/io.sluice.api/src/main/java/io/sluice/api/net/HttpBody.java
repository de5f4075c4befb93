package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ProviderType;

/** A response body written piece by piece, on its exchange's loop. */
@ProviderType
public interface HttpBody {
    /** Takes over the caller's reference. */
    void write(ByteBuf bytes);

    boolean writable();

    /** Called on the loop each time that writing is possible again after {@link #writable} was false. */
    void onWritable(Runnable task);

    /** Ends the body. */
    void end();
}
