package io.sluice.sessions.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.api.session.Session;
import io.sluice.api.session.SessionHistory.Page;
import io.sluice.api.session.SessionHistory.Query;
import io.sluice.testkit.Await;
import io.sluice.testkit.client.PostgreSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/** With a real PostgreSQL of its own, from Debian's package. */
class PostgreSqlTest {
    private PostgreSql server;

    @TempDir
    Path home;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(PostgreSql.installed(), "PostgreSQL is not installed (Debian: postgresql)");
        server = PostgreSql.create();
        server.start();
    }

    @AfterEach
    void end() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** The password comes from a file; the server goes and comes. */
    @Test
    void sessionsAreWrittenFoundAndDeletedAndALossIsOvercome() throws Exception {
        Path file = Files.writeString(home.resolve("password"), PostgreSql.PASSWORD + "\n");
        Database database = new Database(server.url(), PostgreSql.USER, () -> Files.readString(file).strip(), Driver::new);
        String hostile = "'; drop table sluice_session; --\0\ud800";
        try (Running running = new Running(database)) {
            running.put(Ended.numbers(0, 700));
            running.put(List.of(Ended.number(-86_400 * 2).session(), Ended.number(700).on(hostile).tagged("vip").session(hostile, hostile)));
            running.awaitWritten(702);
            Query query = new Query(0, 0, "live", "hls", "", 500, "");
            Page first = running.history.query(query);
            assertEquals(500, first.sessions().size());
            assertEquals(201, running.history.query(query.after(first)).sessions().size());
            Session vip = running.history.query(new Query(Ended.NOON, 0, "", "", "vip", 10, "")).sessions().get(0);
            assertEquals("'; drop table sluice_session; --\ufffd\ufffd", vip.userAgent());

            server.stop();
            running.put(Ended.numbers(690, 710));
            Await.until("the loss is noticed", Running.PATIENCE, () -> !running.history.status().problem().isEmpty());
            assertFalse(running.history.status().problem().contains(PostgreSql.PASSWORD));
            server.start();
            // 690 to 700 were there
            running.awaitWritten(702 + 9);
        }
        try (Running running = new Running(database, 10, Duration.ofDays(2))) {
            Await.until("the oldest is deleted", Running.PATIENCE, () -> running.ids(new Query(0, Ended.NOON, "", "", "", 10, "")).isEmpty());
            assertEquals(710, running.history.query(Running.all()).sessions().size());
        }
    }
}
