package io.sluice.api.push;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** Wall-clock time as the rules know it; follows jumps of the machine's clock. From any thread. */
@ProviderType
public interface PushClock {
    Instant now();

    /**
     * Calls the task once when the wall clock has reached this time; at once when it has. Also called, early, when the clock was set back or forth meanwhile, so the task looks at
     * {@link #now} and asks again. Must not block.
     *
     * @return closed when it is not wanted any more; the second time nothing
     */
    AutoCloseable at(Instant time, Runnable task);
}
