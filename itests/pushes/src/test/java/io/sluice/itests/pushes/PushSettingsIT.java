package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for all pushes together, the engine that goes and comes under them, and what must not be seen of them. */
class PushSettingsIT {
    private static final List<String> SECRETS = List.of("hidden1", "secret-stream-key", "hidden3");

    @TempDir
    static Path folder;
    private static PushServer server;
    private static RtmpPublisher publisher;

    @BeforeAll
    static void start() throws IOException {
        server = new PushServer(folder);
        publisher = server.publish("cam");
    }

    @AfterAll
    static void stop() throws IOException {
        publisher.close();
        server.close("settings");
    }

    /** PSH-09. Rules turn five pushes on at once. */
    @Test
    void newPushesASecondAreBounded() throws IOException {
        server.conf("io.sluice.pushes", "\"maxspeed\": 1");
        server.conf("io.sluice.variables.variable~go", "\"name\": \"go\"", "\"type\": \"static\"", "\"value\": \"0\"");
        List<Integer> ports = FreePorts.take(5);
        for (int i = 0; i < 5; i++) {
            server.entry("paced" + i, "cam", "tsudp://127.0.0.1:" + ports.get(i), "variable(name=go, is=true)");
        }
        Await.until(() -> "all wait: " + server.pushes(), PushServer.PATIENCE, () -> IntStream.range(0, 5).allMatch(i -> server.only("paced" + i).get("WHY").contains("go")));
        server.conf("io.sluice.variables.variable~go", "\"name\": \"go\"", "\"type\": \"static\"", "\"value\": \"1\"");
        IntStream.range(0, 5).forEach(i -> server.awaitState("paced" + i, "RUNNING"));
        List<Double> starts = server.server().log().lines().filter(l -> l.contains("tsudp://127.0.0.1:") && l.endsWith(" starts")).map(l -> LocalTime.parse(l.substring(0, 12)).toNanoOfDay() / 1e9)
            .sorted().toList();
        assertEquals(5, starts.size(), server.server().log());
        // four seconds after the first; that one may have been late
        assertTrue((starts.get(4) - starts.get(0) + 86_400) % 86_400 > 3, () -> "they started at " + starts + " s");
        server.server().shell("sluice:pushremovestream cam");
    }

    /** PSH-45. */
    @Test
    void theConnectionStaysWhileTheEngineIsAway() throws IOException {
        int port = FreePorts.take(1).get(0);
        long engine = server.server().bundle("io.sluice.pushes");
        try (Receiver receiver = Receiver.rtmp(folder, port)) {
            Path entry = server.entry("stays", "cam", Receiver.address(port), "");
            receiver.awaitPictures(25);
            server.awaitState("stays", "RUNNING");
            String id = server.only("stays").get("ID");
            String connection = server.connection(port);
            server.server().shell("felix:stop -t " + engine);
            receiver.awaitPictures(receiver.times().size() + 25);
            server.server().shell("felix:start -t " + engine);
            server.awaitState("stays", "RUNNING");
            receiver.awaitPictures(receiver.times().size() + 25);
            assertEquals(id, server.only("stays").get("ID"));
            assertEquals(connection, server.connection(port));
            Files.delete(entry);
            Receiver.assertWhole(receiver.awaitEnd());
        }
    }

    /** The key by which a stream is published there, user and password: in the file only. */
    @Test
    void secretsOfTargetsAreNowhereToBeSeen() throws IOException {
        int port = FreePorts.take(1).get(0);
        server.conf("io.sluice.triggers.trigger~asks", "\"type\": \"PUSH_OUT_START\"", "\"handler\": \"exec\"", "\"target\": \"/bin/false\"", "\"blocking\": true");
        Path file = server.entry("away", "cam", "rtmps://joe:hidden1@127.0.0.1:" + port + "/live/secret-stream-key?token=hidden3", "", "\"waitSeconds\": 1");
        Await.until(() -> "it fails: " + server.pushes(), PushServer.PATIENCE, () -> server.only("away").get("STATE").startsWith("ENDED") && Integer.parseInt(server.only("away").get("STARTS")) > 1);
        String page = server.server().getAdmin("/system/console/sluice-pushes").body();
        String form = server.server().getAdmin("/system/console/sluice-pushes?edit=away").body();
        assertTrue(page.contains("/live/secr…") && form.contains("/live/secr•••"), page);
        Await.until("the trigger's failure is logged", PushServer.PATIENCE, () -> server.server().log().contains("PUSH_OUT_START"));
        String all = String.join("\n", page, form, server.pushes(), server.server().log(), server.server().shell("sluice:triggers"), server.server().shell("sluice:sessions list stream cam"),
            server.server().shell("sluice:connections"), server.server().shell("sluice:timeline away"));
        for (String secret : SECRETS) {
            assertFalse(all.contains(secret), () -> secret + " is seen in\n" + all);
            assertTrue(Files.readString(file).contains(secret));
        }
        Files.delete(file);
    }
}
