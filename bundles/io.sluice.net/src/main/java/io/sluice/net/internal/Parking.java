package io.sluice.net.internal;

import io.netty.channel.EventLoop;
import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugin;
import io.sluice.net.internal.Succession.Move;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks the connections of a version that stops, each loop its own. The thread that stops the bundle is held meanwhile, so that the version's code is still whole
 * when its handlers are asked for their snapshots.
 */
final class Parking {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
    /** The longest that the stopping thread is held. A loop that is busy for longer parks its connections afterwards, if that still works. */
    static final long HOLD_MILLIS = 2000;
    /** A handshake, or a question to the gate, may be over by then; what cannot be parked after it is closed. */
    private static final long RETRY_MILLIS = 1000;
    private static final long AGAIN_MILLIS = 50;

    private final String name;
    private final Plugin<Protocol> version;
    private final Net net;
    private final long parkMillis;
    private final long retryUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
    private final CountDownLatch loops;
    private final AtomicInteger parked = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    Parking(String name, Plugin<Protocol> version, Net net) {
        this.name = name;
        this.version = version;
        this.net = net;
        parkMillis = net.settings().parkMillis();
        loops = new CountDownLatch(net.loops().all().size());
    }

    /** Returns when all are parked, after {@value #HOLD_MILLIS} ms at the latest; at once on an event loop, which cannot wait for itself. */
    void run() {
        net.loops().all().forEach(loop -> loop.execute(() -> round(loop, mine(loop))));
        if (net.loops().here()) {
            LOG.warn("{} is stopped by an event loop, which cannot wait for its own connections: they are parked after the stop; stop bundles from another thread", version.bundle());
            return;
        }
        try {
            if (!loops.await(HOLD_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("{} stops although an event loop was busy for {} ms: its connections are parked when it is free", version.bundle(), HOLD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        report();
    }

    private void report() {
        if (parked.get() + lost.get() > 0) {
            LOG.info("{} of {} {} parked: {} stopped; {} a version that goes on{}", connections(parked.get()), name, parked.get() == 1 ? "is" : "are", version.bundle(),
                (parked.get() == 1 ? "it waits " : "they wait ") + Parked.time(parkMillis) + " for", lost.get() == 0 ? "" : "; " + connections(lost.get()) + " could not be parked");
        }
    }

    private static String connections(int n) {
        return n + (n == 1 ? " connection" : " connections");
    }

    private List<NetConnection> mine(EventLoop loop) {
        return net.registry().all().stream().filter(c -> c.plugin() == version && c.channel().eventLoop() == loop).toList();
    }

    /** What cannot be parked yet comes again; once another version is elected, its hand-over does the rest. */
    private void round(EventLoop loop, List<NetConnection> connections) {
        if (net.protocols().get(name) != null) {
            loops.countDown();
            return;
        }
        List<NetConnection> left = connections.stream().filter(c -> attempt(c) == Move.LATER).toList();
        if (!left.isEmpty() && parkMillis > 0 && System.nanoTime() - retryUntilNanos < 0) {
            loop.schedule(() -> round(loop, left), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            left.forEach(c -> c.close(version.bundle() + " stopped while a handshake or a question was in progress, which no other version can go on with"));
            lost.addAndGet(left.size());
            loop.execute(loops::countDown); // after the ends of what was closed
        }
    }

    private Move attempt(NetConnection connection) {
        if (parkMillis == 0) {
            connection.close(version.bundle() + " stopped, and parkSeconds is 0");
            lost.incrementAndGet();
            return Move.GONE;
        }
        Move result;
        try {
            result = connection.succession().park(parkMillis);
        } catch (RuntimeException e) {
            connection.failed(e);
            result = Move.REFUSED;
        }
        if (result == Move.MOVED) {
            parked.incrementAndGet();
        } else if (result == Move.REFUSED) {
            lost.incrementAndGet();
        }
        return result;
    }
}
