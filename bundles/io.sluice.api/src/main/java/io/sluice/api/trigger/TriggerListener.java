package io.sluice.api.trigger;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears every event inside the process: any bundle may register one as a service (an OSGi white board, no configuration, no election). It cannot answer. */
@ConsumerType
public interface TriggerListener {
    /** Called one event after another on a thread of the engine's; a listener that is slow misses events, which is counted and logged. */
    void heard(TriggerEvent event);
}
