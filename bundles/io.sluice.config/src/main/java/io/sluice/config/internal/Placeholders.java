package io.sluice.config.internal;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationPlugin;

/**
 * Keeps {@code $[env:…]} where somebody saves the value that it stands for now. Felix's console shows and saves the placeholder itself; whoever starts from a component's
 * properties (a page of ours, a script) sees the filled-in value and would fix it for good.
 */
final class Placeholders {
    private static final String KEY = "value";

    /** Felix's interpolation plugin, which alone knows what a placeholder stands for; null while it is not there. */
    private final Supplier<ConfigurationPlugin> interpolation;

    Placeholders(Supplier<ConfigurationPlugin> interpolation) {
        this.interpolation = interpolation;
    }

    /** @return what to store: the old value if the new one means the same, else the new one */
    Object keep(Object before, Object now) {
        if (before == null || Values.same(before, now)) {
            return before == null ? now : before;
        }
        if (CfgJson.isPlaceholder(before) && !Values.isMany(now)) {
            return standsFor(before, now) ? before : now;
        }
        return Values.isMany(before) && Values.isMany(now) ? keepElements(Values.elements(before), now) : now;
    }

    private Object keepElements(List<Object> before, Object now) {
        List<Object> elements = Values.elements(now);
        if (before.stream().noneMatch(CfgJson::isPlaceholder) || before.size() != elements.size()) {
            return now;
        }
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            kept.add(String.valueOf(keep(before.get(i), elements.get(i))));
        }
        return kept.toArray(String[]::new);
    }

    private boolean standsFor(Object placeholder, Object value) {
        ConfigurationPlugin plugin = interpolation.get();
        if (plugin == null) {
            return false;
        }
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(KEY, placeholder);
        plugin.modifyConfiguration((ServiceReference<?>) null, properties);
        Object filled = properties.get(KEY);
        return filled != null && filled.toString().equals(value.toString());
    }
}
