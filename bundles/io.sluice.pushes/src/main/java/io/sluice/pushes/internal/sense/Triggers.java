package io.sluice.pushes.internal.sense;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.push.PushTrigger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The elected triggers by type, for questions that are asked once. From any thread. */
public final class Triggers implements Plugins.Listener<PushTrigger> {
    private final Map<String, Plugin<PushTrigger>> byType = new ConcurrentHashMap<>();

    @Override
    public void elected(String type, Plugin<PushTrigger> before, Plugin<PushTrigger> now) {
        if (now == null) {
            byType.remove(type);
        } else {
            byType.put(type, now);
        }
    }

    public List<String> types() {
        return byType.keySet().stream().sorted().toList();
    }

    /**
     * Asks the elected one; it stays meanwhile.
     *
     * @param without the answer where none is elected
     * @throws IllegalStateException when it fails, in words
     */
    public <T> T ask(String type, Function<PushTrigger, T> question, T without) {
        Plugin<PushTrigger> plugin = byType.get(type);
        if (plugin == null) {
            return without;
        }
        try (AutoCloseable use = plugin.use()) {
            return byType.get(type) == plugin ? question.apply(plugin.service()) : ask(type, question, without);
        } catch (Exception | LinkageError e) {
            throw new IllegalStateException("the bundle " + plugin.bundle() + " failed: " + e, e);
        }
    }
}
