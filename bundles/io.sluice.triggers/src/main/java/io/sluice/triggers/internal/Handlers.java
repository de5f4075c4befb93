package io.sluice.triggers.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.trigger.TriggerHandler;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The elected handlers by name. A call holds the version that it runs on until it ends. Any thread. */
final class Handlers implements Plugins.Listener<TriggerHandler> {
    private final Map<String, Plugin<TriggerHandler>> byName = new ConcurrentHashMap<>();

    /** A handler whose bundle stays until the close. */
    record Use(Plugin<TriggerHandler> plugin, AutoCloseable hold) implements AutoCloseable {
        TriggerHandler service() {
            return plugin.service();
        }

        @Override
        public void close() {
            try {
                hold.close();
            } catch (Exception e) {
                throw new IllegalStateException("letting go of " + plugin.bundle() + " failed", e);
            }
        }
    }

    @Override
    public void elected(String name, Plugin<TriggerHandler> before, Plugin<TriggerHandler> now) {
        if (now == null) {
            byName.remove(name);
        } else {
            byName.put(name, now);
        }
    }

    Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** The elected one, held; null where none is. Never one that was replaced before the hold. */
    Use use(String name) {
        for (Plugin<TriggerHandler> p = byName.get(name); p != null; p = byName.get(name)) {
            Use use = new Use(p, p.use());
            if (byName.get(name) == p) {
                return use;
            }
            use.close();
        }
        return null;
    }

    /** What is wrong with a trigger now, in words, or "". */
    String problem(TriggerConfig config) {
        if (!config.problem().isEmpty()) {
            return config.problem();
        }
        try (Use use = use(config.handler())) {
            return use == null ? "no bundle offers the handler '" + config.handler() + "'; there are " + names() : use.service().problem(config.parameters());
        } catch (RuntimeException | LinkageError e) {
            return "the handler '" + config.handler() + "' failed: " + e;
        }
    }
}
