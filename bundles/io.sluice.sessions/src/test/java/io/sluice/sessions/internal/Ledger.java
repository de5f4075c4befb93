package io.sluice.sessions.internal;

import io.sluice.api.net.Snapshot;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Visit;
import io.sluice.api.session.Visits;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The core's side as its contract says: what is open, and what closed, added up by facts and session. */
final class Ledger implements Visits {
    final Map<Long, Visit> live = new ConcurrentHashMap<>();
    final Map<List<Object>, Guest> closed = new LinkedHashMap<>();
    private Snapshot kept;
    private long ids;

    static ConnectionFacts viewer(String stream, String address, String protocol, long connection, String token) {
        boolean http = protocol.equals("hls") || protocol.equals("http");
        return facts(protocol.equals("http") ? ConnectionKind.UNCLASSIFIED : ConnectionKind.VIEWER, stream, address, protocol, connection,
            (http ? "http" : protocol) + "://host/" + stream, token);
    }

    static ConnectionFacts facts(ConnectionKind kind, String stream, String address, String protocol, long connection, String url, String token) {
        try {
            return new ConnectionFacts(kind, stream, InetAddress.getByName(address), protocol, connection, url, "Player/1", token.isEmpty() ? Map.of() : Map.of("tkn", token), Map.of());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Guest open(ConnectionFacts facts, long now) {
        Guest guest = new Guest(++ids, facts, now);
        live.put(guest.id, guest);
        return guest;
    }

    void close(Guest guest, long now) {
        live.remove(guest.id);
        guest.ended = now;
        ConnectionFacts f = guest.facts;
        List<Object> key = List.of(f.kind(), f.stream(), f.address(), f.protocol(), f.userAgent(), f.parameters(), f.headers(), guest.session, guest.admitted);
        synchronized (closed) {
            Guest sum = closed.putIfAbsent(key, guest);
            if (sum != null) {
                sum.in += guest.in;
                sum.out += guest.out;
                sum.ended = now;
            }
        }
    }

    @Override
    public Collection<Visit> live() {
        return live.values();
    }

    @Override
    public Collection<Visit> closed() {
        synchronized (closed) {
            return List.copyOf(closed.values());
        }
    }

    @Override
    public void forget(Visit visit, long bytesIn, long bytesOut) {
        synchronized (closed) {
            closed.values().removeIf(g -> g.id == visit.id() && g.in == bytesIn && g.out == bytesOut);
        }
    }

    @Override
    public void keep(Snapshot state) {
        kept = state;
    }

    @Override
    public Snapshot kept() {
        return kept;
    }
}
