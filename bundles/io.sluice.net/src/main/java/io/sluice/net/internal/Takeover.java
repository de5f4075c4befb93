package io.sluice.net.internal;

import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.plugin.Plugin;
import io.sluice.net.internal.NetConnection.Move;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to give one connection to another version: all of it, or nothing. On the connection's loop, between two events. */
final class Takeover {
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final NetConnection connection;
    private final Speech from;
    private final Plugin<Protocol> target;
    private Speech taken;

    Takeover(NetConnection connection, Speech from, Plugin<Protocol> target) {
        this.connection = connection;
        this.from = from;
        this.target = target;
    }

    Speech taken() {
        return taken;
    }

    /**
     * The new version's writes and schedules count only once it has taken over; reading is on again, unless it turns it off: who throttles, says so
     * itself.
     *
     * @param swap sets the connection's timers
     */
    Move attempt(Outbox outbox, Timers old, Consumer<Timers> swap, boolean reading) {
        Snapshot snapshot;
        try {
            snapshot = from.handler().snapshot();
        } catch (Throwable e) {
            return refused("the snapshot by " + from.plugin().bundle() + " failed", e);
        }
        if (snapshot == null) {
            return Move.LATER;
        }
        int written = outbox.size();
        Timers fresh = connection.newTimers();
        swap.accept(fresh);
        AutoCloseable use = () -> { };
        try {
            use = target.use();
            connection.reading(true);
            ConnectionHandler handler = target.service().resume(connection, snapshot);
            taken = new Speech(from.protocol(), target, use, Objects.requireNonNull(handler, "resume answered no handler"));
            old.cancel();
            return Move.MOVED;
        } catch (Throwable e) {
            fresh.cancel();
            swap.accept(old);
            outbox.dropFrom(written);
            connection.reading(reading);
            Speech.release(use);
            return refused(target.bundle() + " does not take it over", e);
        }
    }

    private Move refused(String what, Throwable e) {
        LOG.warn("{} stays on {}: {}: {}", connection, from.plugin().bundle(), what, e.getMessage() == null ? e.toString() : e.getMessage());
        return Move.REFUSED;
    }
}
