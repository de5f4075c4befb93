package io.sluice.variables.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.variable.VariableSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The elected sources by type. From any thread. */
final class Sources implements Plugins.Listener<VariableSource> {
    /** Its bundle may be elected after this one; its values are templates from the first moment on. */
    private static final String STATIC = "static";
    private final Map<String, Plugin<VariableSource>> byType = new ConcurrentHashMap<>();
    private volatile Plugins.Listener<VariableSource> changed = (type, before, now) -> {
    };

    /** Told after each change; nothing starts on the one before once this returns. */
    void onChange(Plugins.Listener<VariableSource> listener) {
        changed = listener;
    }

    @Override
    public void elected(String type, Plugin<VariableSource> before, Plugin<VariableSource> now) {
        if (now == null) {
            byType.remove(type);
        } else {
            byType.put(type, now);
        }
        changed.elected(type, before, now);
    }

    /** Null where none is elected. */
    Plugin<VariableSource> get(String type) {
        return byType.get(type);
    }

    boolean template(String type) {
        Plugin<VariableSource> plugin = byType.get(type);
        return plugin == null ? type.equals(STATIC) : template(plugin);
    }

    static boolean template(Plugin<VariableSource> plugin) {
        return Boolean.parseBoolean(String.valueOf(plugin.properties().get(VariableSource.TEMPLATE)));
    }
}
