package io.sluice.api.trigger;

import java.util.List;

/**
 * One configured trigger, for people.
 *
 * @param id              PID of its configuration
 * @param target          without what may be secret in it
 * @param problem         why it does not work, or ""
 * @param lastError       of its handler, or ""
 * @param lastErrorMillis Unix time, 0 for never
 * @param open            calls that its target has now, with those of other triggers that have the same
 * @param waiting         calls that wait until fewer are open
 */
public record TriggerReport(String id, String type, String handler, String target, boolean blocking, List<String> streams, String problem, TriggerCounts counts, String lastError,
    long lastErrorMillis, int open, int waiting) {
    public TriggerReport {
        streams = List.copyOf(streams);
    }
}
