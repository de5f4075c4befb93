package io.sluice.sessions.history.internal;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.SessionHistory.Page;
import io.sluice.api.session.SessionHistory.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Reads a page of sessions. */
final class SessionSelect {
    private static final int TIMEOUT_SECONDS = 10;

    private final StringBuilder where = new StringBuilder(" where true");
    private final List<Object> values = new ArrayList<>();

    private SessionSelect() {
    }

    static Page page(Connection connection, Query query) throws SQLException {
        SessionSelect select = new SessionSelect();
        select.conditions(query);
        return select.run(connection, query.limit());
    }

    private void conditions(Query query) {
        if (query.fromMillis() > 0) {
            and(" and ended_millis >= ?", query.fromMillis());
        }
        if (query.toMillis() > 0) {
            and(" and since_millis < ?", query.toMillis());
        }
        part(Row.STREAM, query.stream());
        part(Row.PROTOCOL, query.protocol());
        part(Row.TAG, query.tag());
        if (!query.after().isEmpty()) {
            Cursor after = Cursor.parse(query.after());
            and(" and (ended_millis < ? or ended_millis = ? and session_key < ?)", after.endedMillis(), after.endedMillis(), after.key());
        }
    }

    private void part(String kind, String name) {
        if (!name.isEmpty()) {
            and(" and exists (select 1 from sluice_session_part p where p.session_key = s.session_key and p.kind = ? and p.name = ?)", kind, name);
        }
    }

    private void and(String condition, Object... more) {
        where.append(condition);
        values.addAll(List.of(more));
    }

    private Page run(Connection connection, int limit) throws SQLException {
        String sql = "select * from sluice_session s" + where + " order by ended_millis desc, session_key desc limit ?";
        values.add(limit + 1);
        Map<UUID, Session> rows = new LinkedHashMap<>();
        boolean more = false;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            SessionInsert.set(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    more = rows.size() == limit;
                    if (!more) {
                        rows.put(row.getObject("session_key", UUID.class), session(row));
                    }
                }
            }
        }
        parts(connection, rows);
        return new Page(new ArrayList<>(rows.values()), more ? last(rows) : "");
    }

    private static String last(Map<UUID, Session> rows) {
        UUID key = null;
        for (UUID each : rows.keySet()) {
            key = each;
        }
        return new Cursor(rows.get(key).endedMillis(), key).toString();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(row.getString("id"), Session.State.valueOf(row.getString("state")), ConnectionKind.valueOf(row.getString("kind")), row.getString("strategy"),
            row.getString("token"), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), row.getString("user_agent"), List.of(), row.getLong("since_millis"),
            row.getLong("ended_millis"), row.getLong("seconds"), row.getLong("bytes_in"), row.getLong("bytes_out"), row.getLong("packets"), row.getLong("packets_lost"),
            row.getLong("packets_retransmitted"), row.getLong("position_millis"), new TreeSet<>(), row.getString("reason"));
    }

    private static void parts(Connection connection, Map<UUID, Session> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String keys = String.join(", ", Collections.nCopies(rows.size(), "?"));
        try (PreparedStatement statement = connection.prepareStatement("select session_key, kind, name, seconds from sluice_session_part where session_key in (" + keys + ")")) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            SessionInsert.set(statement, new ArrayList<>(rows.keySet()));
            try (ResultSet part = statement.executeQuery()) {
                while (part.next()) {
                    add(rows.get(part.getObject("session_key", UUID.class)), part.getString("kind"), part.getString("name"), part.getLong("seconds"));
                }
            }
        }
    }

    private static void add(Session session, String kind, String name, long seconds) {
        switch (kind) {
            case Row.STREAM -> session.streams().put(name, seconds);
            case Row.PROTOCOL -> session.protocols().put(name, seconds);
            case Row.ADDRESS -> session.addresses().put(name, seconds);
            case Row.TAG -> session.tags().add(name);
            default -> {
                // of a later version's tables
            }
        }
    }
}
