package io.sluice.pushes.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variables;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts variables into texts; without the engine of variables a text stays as it is, which is said. From any thread. */
final class Expander implements Plugins.Listener<Variables> {
    private static final Logger LOG = LoggerFactory.getLogger(Expander.class);
    private volatile Plugin<Variables> elected;

    @Override
    public void elected(String name, Plugin<Variables> before, Plugin<Variables> now) {
        if (name.equals(Variables.NAME)) {
            elected = now;
        }
    }

    Expansion expand(String text, Map<String, String> context) {
        Plugin<Variables> plugin = text.indexOf('$') < 0 ? null : elected;
        if (plugin == null) {
            return new Expansion(text, text.indexOf('$') < 0 ? "" : "the engine of variables is not there");
        }
        try (AutoCloseable use = plugin.use()) {
            return plugin.service().expand(text, context);
        } catch (Exception | LinkageError e) {
            LOG.warn("{} failed to expand a text", plugin.bundle(), e);
            return new Expansion(text, "the engine of variables failed");
        }
    }
}
