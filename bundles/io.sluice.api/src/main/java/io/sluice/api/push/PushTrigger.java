package io.sluice.api.push;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A condition of pushes: a variable's value, a time of day, a number of viewers. Registered as a service with sluice.name = its type in rules. */
@ConsumerType
public interface PushTrigger {
    /**
     * Watches a condition. Must call the switch before it returns, and then at each change, at once; nobody asks again. One that has to read something first, such as a
     * calendar, calls it as soon as it knows, within seconds, that it failed included: until then a new condition counts as off, and one that another version of the bundle
     * watched stays as it was for a while. Neither this nor what it calls the switch from may block.
     *
     * @return closed when the rule goes
     * @throws IllegalArgumentException with the {@link #problem}
     */
    AutoCloseable watch(PushCondition condition, PushSwitch state);

    /** What is wrong with the parameters, in words that name the parameter, or "". Cheap, no I/O. */
    default String problem(PushCondition condition) {
        return "";
    }

    /**
     * When it was and will be on, as far as that is known; without I/O, on a thread that may block a little.
     *
     * @return in order of time, not overlapping, within from and to, at most 10,000; what is not covered is not known
     */
    default List<PushSpan> outlook(PushCondition condition, Instant from, Instant to) {
        return List.of();
    }
}
