package io.sluice.api.source;

import org.osgi.annotation.versioning.ConsumerType;

/** Pulls media from a URI into a stream. Registered as a service with sluice.name = the URI's scheme. */
@ConsumerType
public interface StreamSource {
    /**
     * Starts pulling; returns at once. The close of the answer stops it; it can be called from any thread.
     *
     * @throws IllegalArgumentException when the URI is not one that this source can pull; the message says why
     */
    AutoCloseable pull(SourceRequest request);
}
