package io.sluice.variables.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that says by itself when a variable is to be read. Closed once, on any thread. */
record Watch(VariableRequest request, Plugin<VariableSource> plugin, AutoCloseable handle, AutoCloseable use) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    boolean isOf(VariableRequest wanted, Plugin<VariableSource> source) {
        return request == wanted && plugin == source;
    }

    @Override
    public void close() {
        quietly(handle, "the watch of $" + request.name());
        quietly(use, "the use of " + plugin.bundle());
    }

    /** A plugin that cannot let go is its own trouble. */
    static void quietly(AutoCloseable handle, String what) {
        if (handle != null) {
            try {
                handle.close();
            } catch (Exception | LinkageError e) {
                LOG.warn("closing {} failed: {}", what, e.toString());
            }
        }
    }
}
