package io.sluice.net.internal;

import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.plugin.Plugin;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version of a protocol speaks on a connection: one after another, and none while it is parked. On the connection's loop, but for what says
 * otherwise.
 */
final class Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    /** What came of an attempt; LATER is asked again. */
    enum Move { MOVED, LATER, REFUSED, GONE }

    private final NetConnection connection;
    private final Outbox outbox;
    private Timers timers;
    private volatile Speech speech;
    private volatile Parked parked;
    private volatile int handovers;

    Succession(NetConnection connection, Outbox outbox) {
        this.connection = connection;
        this.outbox = outbox;
        timers = connection.newTimers();
    }

    /** Null while nobody speaks. Any thread. */
    Speech speech() {
        return speech;
    }

    /** Any thread. */
    boolean parked() {
        return parked != null;
    }

    /** Any thread. */
    int handovers() {
        return handovers;
    }

    /** Of who speaks now; cancelled while nobody does. */
    Timers timers() {
        return timers;
    }

    /** The first. */
    void open(String protocol, Plugin<Protocol> plugin) {
        AutoCloseable use = plugin.use();
        try {
            speech = new Speech(protocol, plugin, use, plugin.service().open(connection));
        } finally {
            if (speech == null) {
                Speech.release(use);
            }
        }
    }

    /** On a connection that a bundle opened, which stays with it. */
    void open(String protocol, String bundle, Function<Connection, ConnectionHandler> handler) {
        speech = new Speech(protocol, null, bundle, () -> { }, Objects.requireNonNull(handler.apply(connection), "no handler for a dialled connection"));
    }

    /** Goes on with another version, or changes nothing; a parked connection that the version does not take is closed. Between two events. */
    Move moveTo(Plugin<Protocol> target) {
        if (connection.closing() || speech == null && parked == null) {
            return Move.GONE;
        }
        if (parked != null) {
            return resume(target);
        }
        if (speech.plugin() == target) {
            return Move.MOVED;
        }
        Speech old = speech;
        try {
            Snapshot snapshot = snapshot();
            if (snapshot == null) {
                return Move.LATER;
            }
            goOn(takeover().start(old.protocol(), target, snapshot));
            old.release();
            return Move.MOVED;
        } catch (Takeover.Refused e) {
            LOG.warn("{} stays on {}: {} does not take it over: {}", connection, old.plugin().bundle(), target.bundle(), e.getMessage());
            return Move.REFUSED;
        }
    }

    private Snapshot snapshot() {
        try {
            return speech.handler().snapshot();
        } catch (Throwable e) {
            throw new Takeover.Refused(new IllegalStateException("the snapshot by " + speech.plugin().bundle() + " failed: " + e, e));
        }
    }

    private Takeover takeover() {
        return new Takeover(connection, outbox, timers, t -> timers = t);
    }

    private void goOn(Speech next) {
        speech = next;
        handovers++;
        connection.handedOver();
    }

    /**
     * Freezes the connection: its handler is dropped, its schedules are cancelled, nothing is read, and what the old version still writes is released.
     *
     * @param millis after which it is closed, unless a version goes on
     */
    Move park(long millis) {
        if (connection.closing() || speech == null) {
            return Move.GONE;
        }
        Speech old = speech;
        Snapshot snapshot;
        try {
            snapshot = snapshot();
        } catch (Takeover.Refused e) {
            connection.close(e.getMessage());
            return Move.REFUSED;
        }
        if (snapshot == null) {
            return Move.LATER;
        }
        timers.cancel();
        connection.reading(false);
        parked = new Parked(old.protocol(), old.plugin().bundle(), snapshot, expiry(old.protocol(), millis));
        speech = null;
        old.release();
        return Move.MOVED;
    }

    private AutoCloseable expiry(String protocol, long millis) {
        return connection.newTimers().schedule(TimeUnit.MILLISECONDS.toNanos(millis),
            () -> connection.close("no version of " + protocol + " came back within " + Parked.time(millis)));
    }

    private Move resume(Plugin<Protocol> target) {
        Parked was = parked;
        Speech.release(was.expiry());
        parked = null;
        try {
            goOn(takeover().start(was.protocol(), target, was.state()));
            return Move.MOVED;
        } catch (Takeover.Refused e) {
            connection.close(target.bundle() + " does not go on where " + was.bundle() + " stopped: " + e.getMessage());
            return Move.REFUSED;
        }
    }

    /** The connection has ended: schedules go, and who speaks is told. Then {@link #release} lets go of its bundle. */
    void end() {
        timers.cancel();
        if (parked != null) {
            Speech.release(parked.expiry());
        }
        if (speech != null) {
            connection.guard(speech.handler()::closed);
        }
    }

    void release() {
        if (speech != null) {
            speech.release();
        }
    }
}
