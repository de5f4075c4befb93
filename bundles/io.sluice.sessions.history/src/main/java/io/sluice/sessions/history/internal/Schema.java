package io.sluice.sessions.history.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, made and brought up to date. The table sluice_schema holds the number of scripts that were run; each script may be run again, as a database may stop in the middle.
 *
 * @param scripts SQL, statements end in ";" at a line's end
 */
record Schema(List<String> scripts) {
    Schema {
        scripts = List.copyOf(scripts);
    }

    static Schema current() {
        return new Schema(List.of(script("schema-1.sql")));
    }

    private static String script(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits. @throws SQLException also when a newer server has made the tables: what it knows would be lost */
    void prepare(Connection connection) throws SQLException {
        int version = version(connection);
        if (version > scripts.size()) {
            throw new SQLException("the tables are of version " + version + ", this server knows up to " + scripts.size() + ": a newer server has made them");
        }
        for (int next = version; next < scripts.size(); next++) {
            run(connection, scripts.get(next));
            set(connection, next + 1);
            connection.commit();
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists sluice_schema (version integer not null)");
            try (ResultSet rows = statement.executeQuery("select max(version) from sluice_schema")) {
                int version = rows.next() ? rows.getInt(1) : 0;
                connection.commit();
                return version;
            }
        }
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script.split(";\\s*(\\n|$)")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static void set(Connection connection, int version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into sluice_schema (version) values (?)")) {
            statement.setInt(1, version);
            statement.executeUpdate();
        }
    }
}
