package io.sluice.sessions.history.internal;

import io.sluice.api.session.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes sessions: all in one transaction, or, when one of them cannot be written, each in its own. */
final class SessionInsert {
    private static final Logger LOG = LoggerFactory.getLogger(SessionInsert.class);
    private static final String SESSION = "insert into sluice_session (session_key, id, state, kind, strategy, token, user_agent, since_millis, ended_millis, seconds, bytes_in, bytes_out,"
        + " packets, packets_lost, packets_retransmitted, position_millis, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String PART = "insert into sluice_session_part (session_key, kind, name, seconds) values (?, ?, ?, ?)";
    private static final int MAX_TEXT = 512;
    private static final int MAX_STRATEGY = 64;
    private static final int MAX_ID = 80;
    /** Classes of SQLSTATE that are the row's fault, not the database's: data exception, integrity constraint (SQL:2016, part 2, section 24.1). */
    private static final String DATA = "22";
    private static final String INTEGRITY = "23";

    private SessionInsert() {
    }

    /** Commits. @return how many were new */
    static int write(Connection connection, List<Session> sessions) throws SQLException {
        try {
            batch(connection, sessions);
            return sessions.size();
        } catch (SQLException e) {
            connection.rollback();
            if (!rowsFault(e)) {
                throw e;
            }
        }
        int written = 0;
        for (Session session : sessions) {
            written += single(connection, session) ? 1 : 0;
        }
        return written;
    }

    private static boolean single(Connection connection, Session session) throws SQLException {
        try {
            batch(connection, List.of(session));
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (!rowsFault(e)) {
                throw e;
            }
            if (!sqlState(e).startsWith(INTEGRITY)) {
                LOG.warn("session {} cannot be written to the history: {}", session.id(), Database.problem(e));
            }
            return false;
        }
    }

    private static boolean rowsFault(SQLException e) {
        String state = sqlState(e);
        return state.startsWith(DATA) || state.startsWith(INTEGRITY);
    }

    private static String sqlState(SQLException e) {
        SQLException cause = e.getNextException() == null ? e : e.getNextException();
        String state = e.getSQLState() == null ? cause.getSQLState() : e.getSQLState();
        return state == null ? "" : state;
    }

    private static void batch(Connection connection, List<Session> sessions) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement(SESSION); PreparedStatement parts = connection.prepareStatement(PART)) {
            for (Session session : sessions) {
                UUID key = Row.key(session);
                row(rows, key, session);
                parts(parts, key, Row.STREAM, session.streams());
                parts(parts, key, Row.PROTOCOL, session.protocols());
                parts(parts, key, Row.ADDRESS, session.addresses());
                parts(parts, key, Row.TAG, session.tags().stream().collect(Collectors.toMap(tag -> tag, tag -> 0L)));
            }
            rows.executeBatch();
            parts.executeBatch();
        }
        connection.commit();
    }

    private static void row(PreparedStatement row, UUID key, Session s) throws SQLException {
        List<Object> values = List.of(key, Row.text(s.id(), MAX_ID), s.state().name(), s.kind().name(), Row.text(s.strategy(), MAX_STRATEGY), Row.tokenStart(s.token()),
            Row.text(s.userAgent(), MAX_TEXT), s.sinceMillis(), s.endedMillis(), s.seconds(), s.bytesIn(), s.bytesOut(), s.packets(), s.packetsLost(), s.packetsRetransmitted(),
            s.positionMillis(), Row.text(s.reason(), MAX_TEXT));
        set(row, values);
        row.addBatch();
    }

    private static void parts(PreparedStatement part, UUID key, String kind, Map<String, Long> seconds) throws SQLException {
        for (Map.Entry<String, Long> entry : Row.names(seconds).entrySet()) {
            set(part, List.of(key, kind, entry.getKey(), entry.getValue()));
            part.addBatch();
        }
    }

    static void set(PreparedStatement statement, List<?> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
