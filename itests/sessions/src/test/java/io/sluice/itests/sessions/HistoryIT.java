package io.sluice.itests.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.PostgreSql;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Ended sessions in the two databases that the server brings drivers for. */
@Tag("once")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HistoryIT {
    private static Configured configured;

    @BeforeAll
    static void start() throws IOException {
        configured = new Configured(HistoryIT.class);
        configured.strategy("fields", "\"stream\", \"address\", \"token\", \"userAgent\"");
        Await.until("the new fields count", Configured.PATIENCE, () -> configured.log().contains("VIEWER=[stream, address, token, userAgent]"));
    }

    @AfterAll
    static void stop() throws IOException {
        configured.close();
    }

    private static void watch(String agent) throws IOException {
        assertEquals(200, Curl.get(configured.server().http("/hls/demo/index.m3u8"), "-A", agent).status());
    }

    private static String page(String query) throws IOException {
        return configured.server().getAdmin("/system/console/sluice-history" + query).body();
    }

    @Order(1)
    @Test
    void sessionsAreOnThePageAndThereAfterARestart() throws Exception {
        watch("before-restart");
        configured.awaitEnded("before-restart", 1);
        assertTrue(page("?stream=demo&protocol=hls&tag=UA:before-restart&limit=5").contains("<td>before-restart</td>"));
        assertFalse(page("?stream=other").contains("before-restart"));
        SluiceServer server = configured.server();
        assertEquals(0, server.stop());
        server.start();
        configured.awaitEnded("before-restart", 1);
    }

    @Order(2)
    @Test
    void theBundleMayGoAndWhatEndsMeanwhileIsWrittenWhenItIsBack() throws Exception {
        String id = configured.server().shell("lb -s").lines().filter(l -> l.contains("io.sluice.sessions.history")).findFirst().orElseThrow().strip().split("\\|")[0].strip();
        configured.server().shell("stop " + id);
        assertTrue(page("").contains("There is no session history"));
        watch("while-away");
        Await.until("the session ended", Configured.PATIENCE, () -> configured.log().lines().anyMatch(l -> l.contains("ACCS") && l.contains("while-away")));
        configured.server().shell("start " + id);
        configured.awaitEnded("while-away", 1);
    }

    @Order(3)
    @Test
    void postgreSqlIsUsedByConfigurationAndMayGo() throws Exception {
        Assumptions.assumeTrue(PostgreSql.installed(), "PostgreSQL is not installed (Debian: postgresql)");
        try (PostgreSql database = PostgreSql.create()) {
            database.start();
            Files.writeString(configured.server().home().resolve("conf/secrets/database"), PostgreSql.PASSWORD + "\n");
            configured.configure("io.sluice.sessions.history", "{\"driver\": \"org.postgresql.Driver\", \"url\": \"" + database.url() + "\", \"user\": \"" + PostgreSql.USER
                + "\", \"passwordFile\": \"conf/secrets/database\"}", () -> configured.log().contains("session history in jdbc:postgresql:"));
            watch("postgres");
            configured.awaitEnded("postgres", 1);
            database.stop();
            watch("postgres-away");
            Await.until("the loss is on the page", Configured.PATIENCE, () -> page("/live").contains("It cannot be reached now"));
            watch("postgres-away-2");
            database.start();
            configured.awaitEnded("postgres-away", 1);
            configured.awaitEnded("postgres-away-2", 1);
            assertFalse(configured.log().contains(PostgreSql.PASSWORD));
        }
    }
}
