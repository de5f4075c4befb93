package io.sluice.api.push;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides which pushes run. One plugin, of the name {@link #NAME}; the core listens to the elected version. Only the bundle io.sluice.pushes (any version) is accepted, as it
 * hands out media.
 */
@ConsumerType
public interface PushEngine {
    String NAME = "pushes";

    /**
     * Begins to work; called once for each version that is elected, off the event loops, after the one before was closed.
     *
     * @param outputs what runs, those included that the version before started
     * @return its close ends the work and no push. Off the event loops
     */
    AutoCloseable begin(Outputs outputs);
}
