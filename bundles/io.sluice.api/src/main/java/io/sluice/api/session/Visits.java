package io.sluice.api.session;

import io.sluice.api.net.Snapshot;
import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the core keeps for the engine, so that the engine may go and come. From any thread. Given to the elected engine only.
 *
 * <p>A visit leaves {@link #live} before it is added to {@link #closed}: who reads closed first and live after it counts nothing twice, and what it misses in this
 * pass it finds in the next.
 */
@ProviderType
public interface Visits {
    /** Those whose connection is there. Weakly consistent, cheap to walk. */
    Collection<Visit> live();

    /** Closed ones that were not forgotten, added up by their facts. Bounded; beyond the bound they are added up by kind, stream and protocol. */
    Collection<Visit> closed();

    /** The engine needs a closed visit no more. Nothing happens when something was added to it since its counters were read. */
    void forget(Visit closed, long bytesIn, long bytesOut);

    /** Keeps the engine's own state over its replacement; one, the last. */
    void keep(Snapshot state);

    /** What was kept last, or null. */
    Snapshot kept();
}
