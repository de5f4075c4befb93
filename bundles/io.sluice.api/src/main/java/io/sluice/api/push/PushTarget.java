package io.sluice.api.push;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place that media is pushed to: a file, a server. Registered as a service with sluice.name = the scheme of the targets' URIs; "file" for paths without a scheme. Names of
 * parameters that stand behind the last "?" and are not in MistServer's table stand in the service property sluice.parameters (texts, or one with commas): a query in which no
 * known name is found belongs to the target itself.
 */
@ConsumerType
public interface PushTarget {
    /**
     * Begins to push; returns at once. Called on a thread that may block a little (a look at the file system), never on an event loop.
     *
     * @return its close ends the push in order: what is due is written (the reader ends with what had come by then), the file is finished, then {@link PushProgress#ended} is
     *         called. A target that tells nothing of its progress (bytes, media, notes) for ten seconds meanwhile is given up: the reader is taken away. Closed on the push's blocking threads, after tasks
     *         that are there already; once, and perhaps after the push has ended by itself
     * @throws IllegalArgumentException when the target is not one that can be pushed to; the message says why, without secrets
     */
    AutoCloseable open(PushRequest request);

    /** What is wrong with a target and its parameters before anything is pushed, in words that name the parameter, or "". Cheap, no I/O. */
    default String problem(PushAddress address) {
        return "";
    }
}
