package io.sluice.api.process;

import io.sluice.api.media.Frame;
import org.osgi.annotation.versioning.ConsumerType;

/** A process at work on one track. All calls come on threads that may block, never two at a time, but for {@link #close}. */
@ConsumerType
public interface ProcessRun extends AutoCloseable {
    /** The next frame of the input, in order. Borrowed for this call. What cannot be read it conceals: the output's clock goes on. */
    void write(Frame frame);

    /** Ends it; from any thread that may block, perhaps while a write hangs, which must come back then. */
    @Override
    void close();
}
