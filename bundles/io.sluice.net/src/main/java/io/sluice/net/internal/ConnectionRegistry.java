package io.sluice.net.internal;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All open connections, and how many each address has. Any thread. */
final class ConnectionRegistry {
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, NetConnection> open = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int admitted;

    /** @return why the newcomer is refused, or null; then {@link #leave} is called when it ends */
    synchronized String enter(InetAddress peer, NetSettings limits) {
        if (admitted >= limits.maxConnections()) {
            return "there are " + admitted + " connections, the most that maxConnections allows";
        }
        int mine = perAddress.getOrDefault(peer, 0);
        if (mine >= limits.maxConnectionsPerAddress()) {
            return "there are " + mine + " connections from this address, the most that maxConnectionsPerAddress allows";
        }
        admitted++;
        perAddress.put(peer, mine + 1);
        return null;
    }

    synchronized void leave(InetAddress peer) {
        admitted--;
        perAddress.computeIfPresent(peer, (a, n) -> n == 1 ? null : n - 1);
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    void add(NetConnection connection) {
        open.put(connection.id(), connection);
    }

    void remove(NetConnection connection) {
        open.remove(connection.id());
    }

    NetConnection get(long id) {
        return open.get(id);
    }

    Collection<NetConnection> all() {
        return open.values();
    }
}
