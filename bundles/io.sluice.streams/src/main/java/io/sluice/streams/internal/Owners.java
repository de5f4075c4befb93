package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import io.sluice.streams.internal.visit.CountedVisit;
import io.sluice.streams.internal.visit.Ledger;
import io.sluice.streams.internal.visit.Visitors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What each connection has of us, and must lose when it ends. From any thread, but {@link #of} on the connection's loop. */
final class Owners {
    private final Map<Connection, Owned> owned = new ConcurrentHashMap<>();
    private final Ledger ledger;
    private final Consumer<CountedVisit> gone;

    Owners(Ledger ledger, Consumer<CountedVisit> gone) {
        this.ledger = ledger;
        this.gone = gone;
    }

    /** The things of one connection by number. */
    static final class Owned {
        private final Map<Long, Runnable> ends = new ConcurrentHashMap<>();
        private final Visitors visitors;
        private volatile boolean over;

        private Owned(Visitors visitors) {
            this.visitors = visitors;
        }

        /** On the connection's loop. */
        Visitors visitors() {
            return visitors;
        }

        /** The task runs when the connection ends; at once when it has ended. */
        void add(long id, Runnable end) {
            ends.put(id, end);
            if (over) {
                run(id);
            }
        }

        void remove(long id) {
            ends.remove(id);
        }

        boolean isOver() {
            return over;
        }

        private void end() {
            over = true;
            ends.keySet().forEach(this::run);
            visitors.leave();
        }

        private void run(long id) {
            Runnable end = ends.remove(id);
            if (end != null) {
                end.run();
            }
        }
    }

    Owned of(Connection connection) {
        Owned known = owned.get(connection);
        if (known != null) {
            return known;
        }
        Owned added = new Owned(new Visitors(connection, ledger, gone));
        owned.put(connection, added);
        connection.onEnd(added::end);
        connection.onClosed(() -> {
            owned.remove(connection, added);
            added.visitors.close();
        });
        return added;
    }
}
