package io.sluice.protocol.rtmp.internal;

import io.sluice.api.net.Connection;
import io.sluice.api.stream.Streams;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What every part of one connection needs. The settings are those of now: ask again rather than keep them.
 *
 * @param nanoClock elapsed time
 */
record Peer(Connection connection, Streams streams, Supplier<Settings> current, LongSupplier nanoClock) {
    Settings settings() {
        return current.get();
    }

    /** How log lines begin: "rtmp #12 203.0.113.7:51234". */
    @Override
    public String toString() {
        InetSocketAddress a = connection.remote();
        String host = a.getAddress() == null ? a.getHostString() : a.getAddress().getHostAddress();
        return "rtmp #" + connection.id() + " " + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + a.getPort();
    }
}
