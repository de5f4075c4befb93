package io.sluice.sessions.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.h2.Driver;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real H2 as a server, which goes and comes. */
class AwayTest {
    @TempDir
    Path home;

    private final int port = FreePorts.take(1).get(0);

    private Server start() throws SQLException {
        return Server.createTcpServer("-tcpPort", Integer.toString(port), "-baseDir", home.toString(), "-ifNotExists").start();
    }

    private Database database() {
        return new Database("jdbc:h2:tcp://localhost:" + port + "/./history", "", () -> "", Driver::new);
    }

    @Test
    void sessionsWaitUntilTheDatabaseIsThere() throws Exception {
        try (Running running = new Running(database(), 10, Duration.ZERO)) {
            running.put(Ended.numbers(0, 25));
            Await.until("a try", Running.PATIENCE, () -> !running.history.status().problem().equals("not connected yet"));
            assertEquals(10, running.history.status().waiting());
            assertEquals(15, running.history.status().dropped());
            assertThrows(IOException.class, () -> running.history.query(Running.all()));
            Server server = start();
            try {
                running.awaitWritten(10);
                assertEquals(List.of("s24", "s23", "s22", "s21", "s20", "s19", "s18", "s17", "s16", "s15"), running.ids(Running.all()));
                assertEquals("", running.history.status().problem());
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void itComesBackByItself() throws Exception {
        Server first = start();
        try (Running running = new Running(database())) {
            running.put(Ended.numbers(0, 5));
            running.awaitWritten(5);
            first.stop();
            running.put(Ended.numbers(5, 10));
            Await.until("the loss is noticed", Running.PATIENCE, () -> !running.history.status().problem().isEmpty());
            assertEquals(5, running.history.status().waiting());
            Server second = start();
            try {
                running.awaitWritten(10);
                assertEquals(10, running.ids(Running.all()).size());
            } finally {
                second.stop();
            }
        }
    }

    @Test
    void stoppingDoesNotWaitForADatabaseThatIsAway() throws Exception {
        Running running = new Running(database());
        running.put(Ended.numbers(0, 5));
        running.close();
        assertFalse(running.history.status().problem().isEmpty());
    }
}
