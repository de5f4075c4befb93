package io.sluice.net.internal;

import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugin;

/**
 * One version of a protocol speaking on one connection.
 *
 * @param plugin null on a connection that we opened: that is no protocol's
 * @param bundle symbolic name and version
 * @param use    keeps the version's bundle until it is closed
 */
record Speech(String protocol, Plugin<Protocol> plugin, String bundle, AutoCloseable use, ConnectionHandler handler) {
    Speech(String protocol, Plugin<Protocol> plugin, AutoCloseable use, ConnectionHandler handler) {
        this(protocol, plugin, plugin.bundle(), use, handler);
    }

    void release() {
        release(use);
    }

    static void release(AutoCloseable use) {
        try {
            use.close();
        } catch (Exception e) {
            throw new IllegalStateException("the end of a plugin's use failed", e);
        }
    }
}
