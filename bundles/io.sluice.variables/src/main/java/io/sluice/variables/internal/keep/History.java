package io.sluice.variables.internal.keep;

import io.sluice.api.variable.VariableChange;
import java.util.ArrayDeque;
import java.util.List;

/** The last changes of one variable. From any thread. */
public final class History {
    /** What an entry takes besides its text. */
    private static final int ENTRY_BYTES = 64;
    private final ArrayDeque<VariableChange> changes = new ArrayDeque<>();
    private long bytes;

    /**
     * How much is kept of each variable.
     *
     * @param entries at most
     * @param millis  back from the newest one
     * @param bytes   of text and overhead; the newest entry is kept in any case
     */
    public record Limits(int entries, long millis, long bytes) {
    }

    public synchronized void add(VariableChange change, Limits limits) {
        changes.addLast(change);
        bytes += cost(change);
        long since = change.atMillis() - limits.millis();
        while (changes.size() > 1 && (changes.size() > limits.entries() || bytes > limits.bytes() || changes.getFirst().atMillis() < since)) {
            bytes -= cost(changes.removeFirst());
        }
    }

    /** The value before is the one that the change before it holds: it costs nothing. */
    private static long cost(VariableChange change) {
        return ENTRY_BYTES + 2L * change.now().length();
    }

    public synchronized List<VariableChange> between(long fromMillis, long toMillis) {
        return changes.stream().filter(c -> c.atMillis() >= fromMillis && c.atMillis() <= toMillis).toList();
    }

    public synchronized List<VariableChange> all() {
        return List.copyOf(changes);
    }
}
