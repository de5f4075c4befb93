package io.sluice.api.push;

import org.osgi.annotation.versioning.ConsumerType;

/** A place that media is pushed to: a file, a server. Registered as a service with sluice.name = the scheme of the targets' URIs; "file" for paths without a scheme. */
@ConsumerType
public interface PushTarget {
    /**
     * Begins to push; returns at once. Called on a thread that may block a little (a look at the file system), never on an event loop.
     *
     * @return its close ends the push in order: what is due is written, the file is finished, then {@link PushProgress#ended} is called, within the deadline that the core
     *         keeps (it takes the reader away after it). From any thread, any number of times
     * @throws IllegalArgumentException when the target is not one that can be pushed to; the message says why, without secrets
     */
    AutoCloseable open(PushRequest request);

    /** What is wrong with a target and its parameters before anything is pushed, in words that name the parameter, or "". Cheap, no I/O. */
    default String problem(PushAddress address) {
        return "";
    }
}
