package io.sluice.sessions.history.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Where connections to the database come from. Immutable; from any thread that may wait.
 *
 * @param url      JDBC's
 * @param user     or ""
 * @param password gives it, or ""; read anew for each connection
 * @param drivers  finds the driver each time, as its bundle may come and go
 */
record Database(String url, String user, Secret password, Drivers drivers) {
    /** A host that is gone is given up after a while, instead of when TCP does. */
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "30";
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");
    private static final Pattern SECRET = Pattern.compile("(?i)(password|user)=[^;&\\s\"']*");

    /** Gives the password. */
    interface Secret {
        String get() throws IOException;
    }

    /** Finds a driver. */
    interface Drivers {
        Driver find() throws SQLException;
    }

    static String fileUrl(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath() + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    static Secret secret(Path home, HistoryConfig config) {
        if (!config.passwordFile().isBlank()) {
            Path file = home.resolve(config.passwordFile().strip());
            return () -> Files.readString(file).strip();
        }
        String password = config.password() == null ? "" : config.password();
        return () -> {
            if (password.startsWith("$[")) {
                throw new IOException("the password is a reference to the environment that was not replaced");
            }
            return password;
        };
    }

    /** A connection without automatic commits. */
    Connection open() throws SQLException {
        Properties properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
        }
        String secret = readPassword();
        if (!secret.isEmpty()) {
            properties.setProperty("password", secret);
        }
        if (url.startsWith(POSTGRESQL)) {
            properties.setProperty("connectTimeout", CONNECT_SECONDS);
            properties.setProperty("socketTimeout", ANSWER_SECONDS);
            properties.setProperty("ApplicationName", "Sluice");
        }
        Connection connection = drivers.find().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not know addresses such as " + name());
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private String readPassword() throws SQLException {
        try {
            return password.get();
        } catch (IOException e) {
            throw new SQLException("the password cannot be read: " + e.getMessage());
        }
    }

    /** In words for people: no user, password or parameters. */
    String name() {
        int end = url.length();
        for (char separator : new char[] {'?', ';'}) {
            int at = url.indexOf(separator);
            end = at < 0 ? end : Math.min(end, at);
        }
        return USER_INFO.matcher(url.substring(0, end)).replaceAll("//");
    }

    /** What went wrong, in one line. Drivers like to repeat the address, with all that is in it. */
    static String problem(Exception e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return SECRET.matcher(message).replaceAll("$1=…");
    }
}
