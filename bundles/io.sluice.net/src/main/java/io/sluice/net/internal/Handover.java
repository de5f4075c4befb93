package io.sluice.net.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugin;
import io.sluice.net.internal.Succession.Move;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the connections of one protocol to the elected version: one first, and when it has moved (or cannot at all), the rest, each on its own loop. What
 * cannot move yet is asked again until the drain time is over, then it stays. Those that are parked go on. Each attempt looks up who is elected, so that of two hand-overs the later one wins.
 */
final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final long AGAIN_MILLIS = 50;

    private final String name;
    private final String target;
    private final ProtocolTable table;
    private final long untilNanos;
    private final Iterator<NetConnection> candidates;
    private final AtomicInteger pending;
    private final AtomicInteger moved = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger draining = new AtomicInteger();

    Handover(String name, Plugin<Protocol> target, ProtocolTable table, List<NetConnection> connections, long drainMillis) {
        this.name = name;
        this.target = target.bundle();
        this.table = table;
        untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis);
        candidates = connections.iterator();
        pending = new AtomicInteger(connections.size());
    }

    void start() {
        if (candidates.hasNext()) {
            canary(candidates.next());
        }
    }

    /** The first that answers anything but "later" lets the others follow; one that must wait waits by itself. */
    private void canary(NetConnection connection) {
        onLoop(connection, 0, () -> {
            if (attempt(connection) == Move.LATER && candidates.hasNext()) {
                canary(candidates.next());
            } else {
                candidates.forEachRemaining(c -> onLoop(c, 0, () -> attempt(c)));
            }
        });
    }

    private Move attempt(NetConnection connection) {
        Plugin<Protocol> elected = table.get(name);
        Move result = elected == null ? Move.GONE : connection.succession().moveTo(elected);
        switch (result) {
            case MOVED -> done(moved);
            case REFUSED -> done(refused);
            case GONE -> done(null);
            case LATER -> later(connection);
        }
        return result;
    }

    private void later(NetConnection connection) {
        if (System.nanoTime() - untilNanos < 0) {
            onLoop(connection, AGAIN_MILLIS, () -> attempt(connection));
        } else {
            LOG.info("{} stays on its version until it ends: it could not be moved within the drain time", connection);
            done(draining);
        }
    }

    private void done(AtomicInteger count) {
        if (count != null) {
            count.incrementAndGet();
        }
        if (pending.decrementAndGet() == 0) {
            LOG.info("{} handed over to {}: {} connections moved, {} refused, {} draining", name, target, moved, refused, draining);
        }
    }

    private void onLoop(NetConnection connection, long delayMillis, Runnable task) {
        connection.channel().eventLoop().schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }
}
