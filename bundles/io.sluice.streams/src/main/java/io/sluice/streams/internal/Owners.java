package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each connection has of us, and must lose when it ends. From any thread, but {@link #of} on the connection's loop. */
final class Owners {
    private final Map<Connection, Owned> owned = new ConcurrentHashMap<>();

    /** The things of one connection by number. */
    static final class Owned {
        private final Map<Long, Runnable> ends = new ConcurrentHashMap<>();
        private volatile boolean over;

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
        Owned added = new Owned();
        owned.put(connection, added);
        connection.onEnd(() -> {
            owned.remove(connection, added);
            added.end();
        });
        return added;
    }
}
