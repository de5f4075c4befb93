package io.sluice.admin.console.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import java.util.function.Supplier;

/** The elected plugin of one type and name. From any thread; the get gives null while there is none. */
final class Elected<T> implements Supplier<T>, AutoCloseable {
    private final AutoCloseable listening;
    private volatile Plugin<T> now;

    Elected(Plugins plugins, Class<T> type, String name) {
        listening = plugins.listen(type, (changed, before, elected) -> {
            if (changed.equals(name)) {
                now = elected;
            }
        });
    }

    @Override
    public T get() {
        Plugin<T> elected = now;
        return elected == null ? null : elected.service();
    }

    @Override
    public void close() {
        now = null;
        try {
            listening.close();
        } catch (Exception e) {
            throw new IllegalStateException("a listener cannot be taken away", e);
        }
    }
}
