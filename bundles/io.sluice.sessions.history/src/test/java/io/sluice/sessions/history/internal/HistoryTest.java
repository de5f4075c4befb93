package io.sluice.sessions.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.Session;
import io.sluice.api.session.SessionHistory.Page;
import io.sluice.api.session.SessionHistory.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.h2.Driver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real H2 in a file. */
class HistoryTest {
    @TempDir
    Path home;

    private Database database;

    @BeforeEach
    void here() {
        database = new Database(Database.fileUrl(home.resolve("data/sessions/history")), "", () -> "", Driver::new);
    }

    @Test
    void aSessionIsReadAsItWasWritten() throws Exception {
        try (Running running = new Running(database)) {
            running.put(List.of(Ended.number(1).tagged("a", "b").session("secret-token", "player/1")));
            running.awaitWritten(1);
            Session read = running.history.query(Running.all()).sessions().get(0);
            Session wanted = Ended.number(1).tagged("a", "b").session("secret…", "player/1");
            assertEquals(wanted.streams(), read.streams());
            assertEquals(wanted.tags(), read.tags());
            assertEquals("secret…", read.token());
            assertEquals(wanted.toString().replaceAll("tags=\\[[^]]*]", ""), read.toString().replaceAll("tags=\\[[^]]*]", ""));
        }
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() throws Exception {
        try (Running running = new Running(database)) {
            running.put(Ended.numbers(0, 1200));
        }
        try (Running running = new Running(database)) {
            Set<String> ids = new HashSet<>();
            Query query = new Query(0, 0, "", "", "", 500, "");
            List<Integer> sizes = new ArrayList<>();
            for (Page page = running.history.query(query);; page = running.history.query(query.after(page))) {
                sizes.add(page.sessions().size());
                page.sessions().forEach(s -> ids.add(s.id()));
                if (page.next().isEmpty()) {
                    break;
                }
            }
            assertEquals(List.of(500, 500, 200), sizes);
            assertEquals(1200, ids.size());
        }
    }

    @Test
    void pagesBeginWithTheLatestAndStayRightWhileMoreArrive() throws Exception {
        try (Running running = new Running(database)) {
            running.put(Ended.numbers(0, 5));
            running.awaitWritten(5);
            Query query = new Query(0, 0, "", "", "", 2, "");
            Page first = running.history.query(query);
            assertEquals(List.of("s4", "s3"), first.sessions().stream().map(Session::id).toList());
            running.put(Ended.numbers(5, 7));
            running.awaitWritten(7);
            assertEquals(List.of("s2", "s1"), running.ids(query.after(first)));
            assertThrows(IllegalArgumentException.class, () -> running.history.query(new Query(0, 0, "", "", "", 2, "1_' or 1=1")));
        }
    }

    @Test
    void sessionsThatEndedAtTheSameMomentAreEachOnOnePage() throws Exception {
        try (Running running = new Running(database)) {
            for (int i = 0; i < 7; i++) {
                running.put(List.of(new Ended("s" + i, Ended.NOON, Ended.NOON + 1, "live", "hls", Set.of()).session()));
            }
            running.awaitWritten(7);
            Set<String> seen = new HashSet<>();
            Query query = new Query(0, 0, "", "", "", 3, "");
            Page page = running.history.query(query);
            for (int left = 7; left > 0; left -= 3) {
                page.sessions().forEach(s -> assertTrue(seen.add(s.id()), s.id()));
                page = left > 3 ? running.history.query(query.after(page)) : page;
            }
            assertEquals(7, seen.size());
        }
    }

    @Test
    void timeStreamProtocolAndTagSelect() throws Exception {
        try (Running running = new Running(database)) {
            running.put(List.of(Ended.number(0).session(), Ended.number(1).on("film").session(), Ended.number(2).by("rtmp").session(), Ended.number(3).tagged("vip", "x").session()));
            running.awaitWritten(4);
            assertEquals(List.of("s1"), running.ids(new Query(0, 0, "film", "", "", 10, "")));
            assertEquals(List.of("s2"), running.ids(new Query(0, 0, "live", "rtmp", "", 10, "")));
            assertEquals(List.of("s3"), running.ids(new Query(0, 0, "", "", "vip", 10, "")));
            assertEquals(List.of(), running.ids(new Query(0, 0, "film", "rtmp", "", 10, "")));
            // a session counts where any of its time lies within: s1 lasted from 1.0 to 1.5 s
            assertEquals(List.of("s1"), running.ids(new Query(Ended.NOON + 1500, Ended.NOON + 2000, "", "", "", 10, "")));
            assertEquals(List.of(), running.ids(new Query(Ended.NOON + 1501, Ended.NOON + 2000, "", "", "", 10, "")));
            assertEquals(List.of("s1", "s0"), running.ids(new Query(0, Ended.NOON + 2000, "", "", "", 10, "")));
            assertEquals(List.of(), running.ids(new Query(0, 0, "' or ''='", "", "", 10, "")));
        }
    }

    @Test
    void textsOfPeersAreOnlyText() throws Exception {
        String hostile = "'; drop table sluice_session; --\0\n\ud800" + "x".repeat(10_000);
        try (Running running = new Running(database)) {
            running.put(List.of(Ended.number(1).on(hostile).tagged(hostile).session(hostile, hostile)));
            running.awaitWritten(1);
            Session read = running.history.query(Running.all()).sessions().get(0);
            assertEquals(512, read.userAgent().length());
            assertTrue(read.userAgent().startsWith("'; drop table sluice_session; --\ufffd\ufffd\ufffdxxx"), read.userAgent().substring(0, 50));
            assertEquals(9, read.token().length());
        }
    }

    @Test
    void aSessionIsWrittenOnce() throws Exception {
        try (Running running = new Running(database)) {
            running.put(Ended.numbers(0, 3));
            running.awaitWritten(3);
            running.put(Ended.numbers(0, 5));
            running.awaitWritten(5);
            assertEquals(5, running.ids(Running.all()).size());
        }
    }

    @Test
    void whatEndedWhileTheHistoryWasAwayIsAskedOfTheEngine() throws Exception {
        Engine engine = new Engine();
        engine.sessions.addAll(Ended.numbers(0, 800));
        try (Running running = new Running(database)) {
            running.put(Ended.numbers(100, 110));
            running.awaitWritten(10);
        }
        try (Running running = new Running(database)) {
            running.writer.adopt(engine);
            running.awaitWritten(790);
            assertEquals(800, running.ids(new Query(0, 0, "live", "", "", 1000, "")).size());
        }
    }

    @Test
    void whatIsTooOldIsDeleted() throws Exception {
        try (Running running = new Running(database)) {
            running.put(List.of(Ended.number(-86_400 * 2).session()));
            running.put(Ended.numbers(0, 2));
            running.awaitWritten(3);
        }
        try (Running running = new Running(database, 10, Duration.ofDays(2))) {
            running.put(Ended.numbers(2, 3));
            running.awaitWritten(1);
            assertEquals(List.of("s2", "s1", "s0"), running.ids(Running.all()));
            try (Connection connection = database.open(); Statement statement = connection.createStatement(); var rows = statement.executeQuery("select count(*) from sluice_session_part")) {
                rows.next();
                assertEquals(9, rows.getInt(1));
            }
        }
    }

    @Test
    void aRowThatCannotBeWrittenKeepsNoOtherBack() throws Exception {
        try (Connection connection = database.open(); Statement statement = connection.createStatement()) {
            Schema.current().prepare(connection);
            statement.execute("alter table sluice_session add constraint odd check (id <> 's1')");
        }
        try (Running running = new Running(database)) {
            running.put(Ended.numbers(0, 3));
            running.awaitWritten(2);
            assertEquals(List.of("s2", "s0"), running.ids(Running.all()));
        }
    }

    @Test
    void aTableOfANewerServerIsLeftAlone() throws Exception {
        try (Connection connection = database.open(); Statement statement = connection.createStatement()) {
            Schema.current().prepare(connection);
            statement.execute("insert into sluice_schema values (99)");
            connection.commit();
            SQLException e = assertThrows(SQLException.class, () -> Schema.current().prepare(connection));
            assertEquals("the tables are of version 99, this server knows up to 1: a newer server has made them", e.getMessage());
        }
    }

    @Test
    void anOlderTableIsBroughtUpToDateAndAHalfDoneStepIsRepeated() throws Exception {
        String second = "alter table sluice_session add column if not exists country varchar(2);\ncreate index if not exists by_country on sluice_session (country);\n";
        List<String> scripts = List.of(Schema.current().scripts().get(0), second);
        try (Running running = new Running(database)) {
            running.put(Ended.numbers(0, 2));
        }
        try (Connection connection = database.open(); Statement statement = connection.createStatement()) {
            statement.execute("alter table sluice_session add column country varchar(2)");
            new Schema(scripts).prepare(connection);
            new Schema(scripts).prepare(connection);
            try (var rows = statement.executeQuery("select count(country), count(*), (select max(version) from sluice_schema) from sluice_session")) {
                rows.next();
                assertEquals(List.of(0, 2, 2), List.of(rows.getInt(1), rows.getInt(2), rows.getInt(3)));
            }
        }
    }

    @Test
    void noSecretIsInAName() throws IOException {
        Database secret = new Database("jdbc:postgresql://me:pw@db.example:5432/sluice?user=me&password=pw", "me", () -> "pw", Driver::new);
        assertEquals("jdbc:postgresql://db.example:5432/sluice", secret.name());
        assertEquals("cannot open jdbc:x;USER=…;password=…&x=1 'user=…'", Database.problem(new SQLException("cannot open jdbc:x;USER=me;password=pw&x=1 'user=me'\nsecond line")));
    }
}
