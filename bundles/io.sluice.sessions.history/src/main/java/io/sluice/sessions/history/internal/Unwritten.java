package io.sluice.sessions.history.internal;

import io.sluice.api.session.Session;
import io.sluice.api.session.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Ended sessions that an engine still knows and the database does not have: those of the time when the history was away. */
final class Unwritten {
    /** More have not ended within the time that an engine remembers, by default ten minutes, on one machine. */
    private static final int MAX = 100_000;

    private Unwritten() {
    }

    static List<Session> of(Connection connection, Sessions engine) throws SQLException {
        List<Session> ended = engine.list(s -> s.endedMillis() > 0, MAX);
        if (ended.isEmpty()) {
            return ended;
        }
        Set<UUID> known = since(connection, ended.stream().mapToLong(Session::endedMillis).min().orElse(0));
        return ended.stream().filter(s -> !known.contains(Row.key(s))).toList();
    }

    private static Set<UUID> since(Connection connection, long endedMillis) throws SQLException {
        Set<UUID> keys = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("select session_key from sluice_session where ended_millis >= ?")) {
            statement.setLong(1, endedMillis);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getObject(1, UUID.class));
                }
            }
        }
        connection.rollback();
        return keys;
    }
}
