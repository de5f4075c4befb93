package io.sluice.net.internal.udp;

import io.sluice.api.net.DatagramProtocol;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The elected version of each datagram protocol. Associations move to a new one each on its own loop, and are parked when there is none. */
final class DatagramVersions implements Plugins.Listener<DatagramProtocol> {
    /** The longest that a stopping thread is held while associations are parked. */
    private static final long HOLD_MILLIS = 2000;

    private final UdpHost host;
    private final AssociationTable table;
    private final Map<String, Plugin<DatagramProtocol>> elected = new ConcurrentHashMap<>();

    DatagramVersions(UdpHost host, AssociationTable table) {
        this.host = host;
        this.table = table;
    }

    /** Null when nobody is elected. */
    Plugin<DatagramProtocol> elected(String name) {
        return elected.get(name);
    }

    /** @throws IllegalStateException when it is not the elected one's own service */
    Plugin<DatagramProtocol> offering(DatagramProtocol service) {
        return elected.values().stream().filter(p -> p.service() == service).findFirst()
            .orElseThrow(() -> new IllegalStateException("another version is elected; ask again"));
    }

    @Override
    public void elected(String name, Plugin<DatagramProtocol> before, Plugin<DatagramProtocol> now) {
        if (now != null) {
            elected.put(name, now);
            of(name).forEach(a -> a.moveTo(() -> elected.get(name), host.drainMillis()));
        } else {
            elected.remove(name);
            park(of(name));
        }
    }

    private List<NetAssociation> of(String name) {
        return table.all().stream().filter(a -> a.protocol().equals(name)).toList();
    }

    /** Its code must be whole while its handlers are asked for their snapshots; on an event loop, which cannot wait for itself, they are asked afterwards. */
    private void park(List<NetAssociation> associations) {
        CountDownLatch parked = new CountDownLatch(associations.size());
        associations.forEach(a -> a.park(host.parkMillis(), parked::countDown));
        if (io.netty.util.internal.ThreadExecutorMap.currentExecutor() != null) {
            return;
        }
        try {
            parked.await(HOLD_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
