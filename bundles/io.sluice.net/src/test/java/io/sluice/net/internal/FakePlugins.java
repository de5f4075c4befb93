package io.sluice.net.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Elects what a test says. */
public final class FakePlugins implements Plugins {
    /** A version of something, and how many uses of it are open. */
    public record Version<T>(T service, String name, Map<String, Object> properties, String bundle, AtomicInteger uses) implements Plugin<T> {
        public Version(T service, String name, Map<String, Object> properties, String bundle) {
            this(service, name, properties, bundle, new AtomicInteger());
        }

        public Version(T service, String name, String bundle) {
            this(service, name, Map.of(Protocol.NAME, name), bundle);
        }

        @Override
        public AutoCloseable use() {
            uses.incrementAndGet();
            return uses::decrementAndGet;
        }
    }

    private final Map<Class<?>, Map<String, Plugin<?>>> elected = new HashMap<>();
    private final Map<Class<?>, Listener<?>> listeners = new HashMap<>();

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
        listeners.put(type, listener);
        of(type).forEach((name, plugin) -> listener.elected(name, null, (Plugin<T>) plugin));
        return () -> listeners.remove(type);
    }

    /** @param now null to withdraw */
    @SuppressWarnings("unchecked")
    public synchronized <T> void elect(Class<T> type, String name, Plugin<T> now) {
        Plugin<T> before = (Plugin<T>) (now == null ? of(type).remove(name) : of(type).put(name, now));
        Listener<T> listener = (Listener<T>) listeners.get(type);
        if (listener != null) {
            listener.elected(name, before, now);
        }
    }

    private Map<String, Plugin<?>> of(Class<?> type) {
        return elected.computeIfAbsent(type, t -> new HashMap<>());
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
