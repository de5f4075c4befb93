package io.sluice.api.process;

import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ProviderType;

/** Takes what a process makes. From any thread, one call at a time. */
@ProviderType
public interface ProcessSink {
    /**
     * One frame of the output, on the input's timeline.
     *
     * @param ptsNanos rises from frame to frame; one that does not is dropped
     * @param payload  in the form of {@link io.sluice.api.media.Codec}; borrowed, copied
     */
    void write(long ptsNanos, boolean key, ByteBuf payload);

    /** It cannot go on: the reason, in words for people. It is closed then, and begun anew after a while. */
    void failed(String reason);
}
