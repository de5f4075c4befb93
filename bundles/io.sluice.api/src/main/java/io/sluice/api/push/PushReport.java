package io.sluice.api.push;

import java.util.List;

/**
 * An entry as it is now.
 *
 * @param entry   without secrets in its target
 * @param problem why it cannot work as it is configured, or ""
 * @param pushes  a stream each; of "a+" those that are there
 */
public record PushReport(PushEntry entry, String problem, List<PushState> pushes) {
    public PushReport {
        pushes = List.copyOf(pushes);
    }
}
