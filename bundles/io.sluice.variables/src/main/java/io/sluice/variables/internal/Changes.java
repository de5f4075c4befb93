package io.sluice.variables.internal;

import io.sluice.api.variable.VariableChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of changes. From any thread; the calls come one after another, in the order in which {@link #tell} was called. */
final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();

    private record Listening(String name, Consumer<VariableChange> listener) {
    }

    AutoCloseable listen(String name, Consumer<VariableChange> listener) {
        Listening added = new Listening(name, listener);
        listeners.add(added);
        // by identity: two equal ones are two
        return () -> listeners.removeIf(l -> l == added);
    }

    void tell(VariableChange change) {
        for (Listening l : listeners) {
            if (l.name().isEmpty() || l.name().equals(change.name())) {
                try {
                    l.listener().accept(change);
                } catch (RuntimeException | Error e) {
                    LOG.warn("a listener to ${} failed", change.name(), e);
                }
            }
        }
    }
}
