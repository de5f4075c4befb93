package io.sluice.net.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugin;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The elected protocols by name. Any thread. */
final class ProtocolTable {
    /** The core's own protocol. */
    static final String HTTP = "http";

    private final Map<String, Plugin<Protocol>> elected = new ConcurrentHashMap<>();

    /** @param plugin null when nobody is elected any more */
    void put(String name, Plugin<Protocol> plugin) {
        if (plugin == null) {
            elected.remove(name);
        } else {
            elected.put(name, plugin);
        }
    }

    /** Null when nobody is elected. */
    Plugin<Protocol> get(String name) {
        return elected.get(name);
    }
}
