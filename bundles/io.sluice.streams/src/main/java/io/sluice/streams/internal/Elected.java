package io.sluice.streams.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The elected plugins of one type by name. From any thread. */
public final class Elected<T> implements Plugins.Listener<T> {
    private final Map<String, Plugin<T>> byName = new ConcurrentHashMap<>();
    private volatile Consumer<String> changed = name -> {
    };

    /** A plugin whose bundle stays until the close. */
    public record Use<T>(Plugin<T> plugin, AutoCloseable hold) {
        public T service() {
            return plugin.service();
        }

        public void close() {
            try {
                hold.close();
            } catch (Exception e) {
                throw new IllegalStateException("letting go of " + plugin.bundle() + " failed", e);
            }
        }
    }

    /** Told the name of each that changed. */
    void onChange(Consumer<String> listener) {
        changed = listener;
    }

    @Override
    public void elected(String name, Plugin<T> before, Plugin<T> now) {
        if (now == null) {
            byName.remove(name);
        } else {
            byName.put(name, now);
        }
        changed.accept(name);
    }

    /** Null where none is elected. */
    public Plugin<T> get(String name) {
        return byName.get(name);
    }

    /** All that are elected. */
    public Collection<Plugin<T>> all() {
        return byName.values();
    }

    /** The elected one, held; null where none is. Never one that was replaced before the hold. */
    public Use<T> use(String name) {
        for (Plugin<T> p = byName.get(name); p != null; p = byName.get(name)) {
            Use<T> use = new Use<>(p, p.use());
            if (byName.get(name) == p) {
                return use;
            }
            use.close();
        }
        return null;
    }
}
