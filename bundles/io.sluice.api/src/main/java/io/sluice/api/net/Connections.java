package io.sluice.api.net;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What is connected, for pages, commands and tests. */
@ProviderType
public interface Connections {
    /**
     * @param id           the connection's number
     * @param remote       address and port of the peer
     * @param listener     name of the listener that accepted it, or "dialled" where we opened it
     * @param protocol     "rtmp", "http/1.1", "h2", or "" while it is not known
     * @param plugin       symbolic name and version of the bundle that handles it, "" for the core's own, or "parked" while it waits for a version to go on
     * @param role         "publish", "play", "push" or ""
     * @param stream       what it publishes or plays, or ""
     * @param sinceMillis  Unix epoch
     * @param bytesIn      accepted from the kernel, TLS not counted
     * @param bytesOut     accepted by the kernel, TLS not counted
     * @param handovers    how often another version took it over
     */
    record Info(long id, String remote, String listener, String protocol, String plugin, String role, String stream, long sinceMillis, long bytesIn,
        long bytesOut, int handovers) {
    }

    /**
     * @param name   of the configuration
     * @param local  address and port that it listens on
     * @param tls    speaks TLS
     * @param protocols offered there
     * @param problem why it does not listen, or ""
     */
    record Listener(String name, String local, boolean tls, List<String> protocols, String problem) {
    }

    List<Info> list();

    List<Listener> listeners();

    /** This is a connection of the core's own, and open: what a plugin made itself is none. */
    boolean owns(Connection connection);

    /** This is an exchange of the core's own: what a plugin made itself, or wrapped, is none. */
    boolean owns(HttpExchange exchange);

    /** @return false when there is no such connection */
    boolean close(long id, String reason);
}
