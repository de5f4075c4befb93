package io.sluice.net.internal.udp;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All associations by number, key and address. Any thread. */
final class AssociationTable {
    private record Key(String protocol, String key) {
    }

    private final Map<Long, NetAssociation> byId = new ConcurrentHashMap<>();
    private final Map<Key, NetAssociation> byKey = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, NetAssociation> byAddress = new ConcurrentHashMap<>();

    /** @return false when its key is taken */
    boolean add(NetAssociation a) {
        if (!a.key().isEmpty() && byKey.putIfAbsent(new Key(a.protocol(), a.key()), a) != null) {
            return false;
        }
        byId.put(a.id(), a);
        return true;
    }

    /** @param before null where it had none */
    void moved(NetAssociation a, InetSocketAddress before, InetSocketAddress now) {
        if (before != null) {
            byAddress.remove(before, a);
        }
        byAddress.put(now, a);
    }

    void remove(NetAssociation a) {
        byId.remove(a.id());
        byKey.remove(new Key(a.protocol(), a.key()), a);
        byAddress.remove(a.remote(), a);
    }

    NetAssociation get(long id) {
        return byId.get(id);
    }

    NetAssociation of(InetSocketAddress peer) {
        return byAddress.get(peer);
    }

    NetAssociation of(String protocol, String key) {
        return byKey.get(new Key(protocol, key));
    }

    Collection<NetAssociation> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }
}
