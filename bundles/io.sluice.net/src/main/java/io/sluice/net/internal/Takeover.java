package io.sluice.net.internal;

import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.plugin.Plugin;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One attempt to start a version on a connection from a snapshot: all of it, or nothing. What the new version writes and schedules counts only once it
 * has taken over. On the connection's loop, between two events.
 */
final class Takeover {
    private final NetConnection connection;
    private final Outbox outbox;
    private final Timers old;
    private final Consumer<Timers> swap;

    /** @param swap sets the connection's timers */
    Takeover(NetConnection connection, Outbox outbox, Timers old, Consumer<Timers> swap) {
        this.connection = connection;
        this.outbox = outbox;
        this.old = old;
        this.swap = swap;
    }

    /**
     * Reading is on again, unless the new version turns it off: who throttles, says so itself.
     *
     * @throws Refused when the version does not go on; everything is as it was before
     */
    Speech start(String protocol, Plugin<Protocol> target, Snapshot snapshot) {
        int written = outbox.size();
        boolean reading = connection.reading();
        Timers fresh = connection.newTimers();
        swap.accept(fresh);
        AutoCloseable use = () -> { };
        try {
            use = target.use();
            connection.reading(true);
            ConnectionHandler handler = target.service().resume(connection, snapshot);
            Speech taken = new Speech(protocol, target, use, Objects.requireNonNull(handler, "resume answered no handler"));
            old.cancel();
            return taken;
        } catch (Throwable e) {
            fresh.cancel();
            swap.accept(old);
            outbox.dropFrom(written);
            connection.reading(reading);
            Speech.release(use);
            throw new Refused(e);
        }
    }

    /** A version does not go on from a snapshot: its right, so no stack trace of ours. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(Throwable cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause, false, false);
        }
    }
}
