package io.sluice.format.http;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;

/** The client's open connections by their local address: the library shows a request only the address of the connection it is on. Called on the client's thread. */
final class OpenSessions implements IOSessionListener {
    private final Map<SocketAddress, IOSession> byAddress = new ConcurrentHashMap<>();

    /** @return null when it is closed already. From any thread */
    IOSession find(SocketAddress local) {
        return local == null ? null : byAddress.get(local);
    }

    @Override
    public void connected(IOSession session) {
        SocketAddress local = session.getLocalAddress();
        if (local != null) {
            byAddress.put(local, session);
        }
    }

    @Override
    public void disconnected(IOSession session) {
        byAddress.values().removeIf(s -> s.getId().equals(session.getId()));
    }

    @Override
    public void startTls(IOSession session) {
        // the connection is known already
    }

    @Override
    public void inputReady(IOSession session) {
        // nothing to remember
    }

    @Override
    public void outputReady(IOSession session) {
        // nothing to remember
    }

    @Override
    public void timeout(IOSession session) {
        // it is closed for that by the library
    }

    @Override
    public void exception(IOSession session, Exception e) {
        // whoever uses it is told by the library
    }
}
