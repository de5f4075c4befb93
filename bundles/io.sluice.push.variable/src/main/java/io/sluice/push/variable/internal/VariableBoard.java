package io.sluice.push.variable.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.variable.VariableChange;
import io.sluice.api.variable.Variables;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The elected engine of variables, listened to once for all conditions; a change reaches those that depend on it. Any thread. */
final class VariableBoard implements AutoCloseable {
    private final Map<String, Set<Runnable>> byName = new ConcurrentHashMap<>();
    private final AutoCloseable elections;
    private volatile Variables engine;
    private AutoCloseable listening;

    VariableBoard(Plugins plugins) {
        elections = plugins.listen(Variables.class, this::elected);
    }

    private void elected(String name, Plugin<Variables> before, Plugin<Variables> now) {
        if (name.equals(Variables.NAME)) {
            quietly(listening);
            Variables next = now == null ? null : now.service();
            listening = next == null ? null : next.listen("", this::changed);
            engine = next;
            Set<Runnable> all = new HashSet<>();
            byName.values().forEach(all::addAll);
            all.forEach(Runnable::run);
        }
    }

    private void changed(VariableChange change) {
        byName.getOrDefault(change.name(), Set.of()).forEach(Runnable::run);
    }

    /** Null while there is none. */
    Variables engine() {
        return engine;
    }

    /** The task is run when one of these has another value, and not for others any more. It must not block. */
    void follow(Runnable task, Set<String> before, Set<String> now) {
        for (String name : now) {
            if (!before.contains(name)) {
                byName.compute(name, (n, tasks) -> {
                    Set<Runnable> with = tasks == null ? ConcurrentHashMap.newKeySet() : tasks;
                    with.add(task);
                    return with;
                });
            }
        }
        for (String name : before) {
            if (!now.contains(name)) {
                byName.computeIfPresent(name, (n, tasks) -> tasks.remove(task) && tasks.isEmpty() ? null : tasks);
            }
        }
    }

    private static void quietly(AutoCloseable handle) {
        if (handle != null) {
            try {
                handle.close();
            } catch (Exception e) {
                throw new IllegalStateException("a listener cannot be taken away", e);
            }
        }
    }

    @Override
    public void close() {
        quietly(elections);
        quietly(listening);
        engine = null;
        byName.clear();
    }
}
