package io.sluice.api.process;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes one track of another. Registered as a service with sluice.name = its type ("opus"). The core starts it when somebody watches a stream in a form that cannot carry a
 * track, once for all who do, and ends it some time after the last one.
 */
@ConsumerType
public interface StreamProcess {
    /**
     * What it would make of a track. Cheap, no I/O; from any thread.
     *
     * @param input  as it is published
     * @param wanted codecs of which one is needed
     * @return complete with its configuration, with the input's id; null where it cannot
     */
    Track output(Track input, Set<Codec> wanted);

    /**
     * Begins. Called on a thread that may block.
     *
     * @throws IllegalArgumentException where it cannot; the message says why, in words for people
     */
    ProcessRun start(ProcessRequest request);

    /** Of several processes that can, the one that costs least is taken: 0 for work within the server, 100 for a program of its own. */
    default int cost() {
        return 0;
    }
}
