package io.sluice.sessions.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says who is elected, as the deployer does. */
final class Elections implements Plugins {
    private final Map<Class<?>, Map<String, Plugin<?>>> elected = new HashMap<>();
    private final Map<Class<?>, List<Listener<?>>> listeners = new HashMap<>();

    record Of<T>(T service, String name, String bundle) implements Plugin<T> {
        @Override
        public Map<String, Object> properties() {
            return Map.of("sluice.name", name);
        }

        @Override
        public AutoCloseable use() {
            return () -> {
            };
        }
    }

    @SuppressWarnings("unchecked")
    <T> void elect(Class<T> type, String name, String bundle, T service) {
        Map<String, Plugin<?>> names = elected.computeIfAbsent(type, t -> new HashMap<>());
        Plugin<T> now = service == null ? null : new Of<>(service, name, bundle);
        Plugin<T> before = (Plugin<T>) (now == null ? names.remove(name) : names.put(name, now));
        listeners.getOrDefault(type, List.of()).forEach(l -> ((Listener<T>) l).elected(name, before, now));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
        List<Listener<?>> all = listeners.computeIfAbsent(type, t -> new ArrayList<>());
        all.add(listener);
        elected.getOrDefault(type, Map.of()).forEach((name, plugin) -> listener.elected(name, null, (Plugin<T>) plugin));
        return () -> all.remove(listener);
    }

    @Override
    public List<Info> list() {
        return List.of();
    }

    @Override
    public void elect(String sha256) {
        throw new IllegalArgumentException(sha256);
    }
}
