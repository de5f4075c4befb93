package io.sluice.net.internal.udp;

import io.sluice.api.net.Association;
import io.sluice.api.net.AssociationHandler;
import io.sluice.api.net.DatagramProtocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.plugin.Plugin;
import io.sluice.net.internal.Timers;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which version of a protocol speaks on an association: one after another, and none while it is parked. On the association's loop, but for what says otherwise. */
final class DatagramSuccession {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramSuccession.class);
    private static final long AGAIN_MILLIS = 50;

    private record Speech(Plugin<DatagramProtocol> plugin, AutoCloseable use, AssociationHandler handler) {
        void release() {
            try {
                use.close();
            } catch (Exception e) {
                throw new IllegalStateException("the end of a plugin's use failed", e);
            }
        }
    }

    private final NetAssociation association;
    private final UdpHost host;
    private Timers timers;
    private volatile Speech speech;
    private volatile Snapshot parked;
    private volatile int handovers;

    DatagramSuccession(NetAssociation association, UdpHost host) {
        this.association = association;
        this.host = host;
        timers = newTimers();
    }

    private Timers newTimers() {
        return host.timers(association.eventLoop(), association::guard);
    }

    /** Null while nobody speaks. Any thread. */
    AssociationHandler handler() {
        Speech s = speech;
        return s == null ? null : s.handler();
    }

    /** Any thread. */
    boolean parked() {
        return parked != null;
    }

    /** Any thread. */
    int handovers() {
        return handovers;
    }

    /** Symbolic name and version of who speaks. Any thread. */
    String bundle() {
        Speech s = speech;
        return s == null ? parked() ? "parked" : "" : s.plugin().bundle();
    }

    Timers timers() {
        return timers;
    }

    void open(Plugin<DatagramProtocol> plugin, Function<Association, AssociationHandler> handler) {
        AutoCloseable use = plugin.use();
        Speech first = new Speech(plugin, use, null);
        try {
            first = new Speech(plugin, use, Objects.requireNonNull(handler.apply(association), "no handler for an association"));
            speech = first;
        } finally {
            if (speech == null) {
                first.release();
            }
        }
    }

    /** Goes on with the elected version; what cannot move yet is asked again until the time is over, then it stays. */
    void moveTo(Supplier<Plugin<DatagramProtocol>> elected, long untilNanos) {
        Plugin<DatagramProtocol> target = elected.get();
        Speech old = speech;
        if (target == null || association.closing() || old != null && old.plugin() == target) {
            return;
        }
        try {
            Snapshot snapshot = old == null ? parked : old.handler().snapshot();
            if (snapshot == null && old != null && System.nanoTime() - untilNanos < 0) {
                association.eventLoop().schedule(() -> moveTo(elected, untilNanos), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } else if (snapshot != null) {
                resume(target, old, snapshot);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("{} stays on {}: {} does not take it over: {}", association, bundle(), target.bundle(), e.toString());
            if (old == null) {
                association.close(target.bundle() + " does not go on: " + e.getMessage());
            }
        }
    }

    private void resume(Plugin<DatagramProtocol> target, Speech old, Snapshot snapshot) {
        Timers before = timers;
        Snapshot was = parked;
        Speech next = new Speech(target, target.use(), null);
        timers = newTimers();
        parked = null;
        try {
            next = new Speech(target, next.use(), Objects.requireNonNull(target.service().resume(association, snapshot), "resume answered no handler"));
            speech = next;
        } finally {
            if (speech != next || next.handler() == null) {
                timers.cancel();
                timers = before;
                parked = was;
                next.release();
            }
        }
        before.cancel();
        handovers++;
        LOG.info("{} goes on with {}", association, target.bundle());
        if (old != null) {
            leave(old);
        }
        association.guard(next.handler()::writable);
    }

    /** Its version stops: the snapshot is kept, nothing is handed on, until a version goes on or the time is over. */
    void park(long millis) {
        Speech old = speech;
        if (old == null || association.closing()) {
            return;
        }
        Snapshot snapshot = millis == 0 ? null : snapshot(old);
        if (snapshot == null) {
            association.close(old.plugin().bundle() + " stopped while nothing could go on from here");
            return;
        }
        timers.cancel();
        timers = newTimers();
        parked = snapshot;
        speech = null;
        leave(old);
        timers.schedule(TimeUnit.MILLISECONDS.toNanos(millis), () -> association.close("no version of " + association.protocol() + " came back within " + millis / 1000 + " s"));
    }

    private void leave(Speech old) {
        try {
            old.handler().left();
        } catch (RuntimeException | Error e) {
            host.errors().report(old.plugin().bundle(), association.toString(), e);
        }
        old.release();
    }

    private static Snapshot snapshot(Speech of) {
        try {
            return of.handler().snapshot();
        } catch (RuntimeException e) {
            return null;
        }
    }

    void end() {
        timers.cancel();
        AssociationHandler handler = handler();
        if (handler != null) {
            association.guard(handler::closed);
        }
    }

    void release() {
        Speech last = speech;
        speech = null;
        if (last != null) {
            last.release();
        }
    }
}
