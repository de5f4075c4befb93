package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The Web Console's own pages in a real Chromium, and the health checks. */
@Tag("once")
class ConsoleIT {
    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    Path folder;

    @Test
    void thePagesShowAStreamWithItsConnectionsAndGoBackToAVersionByAClick() throws Exception {
        Path shipped;
        try (Stream<Path> jars = Files.walk(Path.of(System.getProperty("sluice.dist"), "system"))) {
            shipped = jars.filter(path -> path.getFileName().toString().startsWith("io.sluice.protocol.rtmp-")).findFirst().orElseThrow();
        }
        Path newer = JarVariant.of(shipped).version("1.1.0").write(folder.resolve("newer.jar"));
        SluiceServer server = SERVER.get();
        try (Program ffmpeg = Ffmpeg.installed().publishTestPicture(URI.create(SERVER.publish("mine"))); Chromium browser = Chromium.start()) {
            SERVER.awaitLive("mine");
            try (RtmpPlayer player = RtmpPlayer.open(server.rtmp("live", "mine"))) {
                Await.until("it plays", Server.PATIENCE, () -> player.count(Kind.VIDEO) > 10);
                server.deploy(newer, "newer.jar");
                browser.header("Authorization", SluiceServer.basic());
                shows(browser, "sluice-plugins", "io.sluice.protocol.rtmp", "1.1.0", "ELECTED", "STANDBY");
                shows(browser, "sluice-streams", "mine", "LIVE", "H.264", "AAC");
                shows(browser, "sluice-connections", "rtmp", "publish", "play", "mine", "127.0.0.1");
                shows(browser, "sluice-plugins", "STANDBY");
                browser.click("#sluice-live button");
                Await.until(() -> "the shipped version is elected again: " + text(browser), Server.PATIENCE, () -> server.shell("sluice:plugins").matches("(?s).*rtmp +0\\.1\\.0\\S* +ELECTED.*"));
                int before = player.count(Kind.VIDEO);
                Await.until("it plays on", Server.PATIENCE, () -> player.count(Kind.VIDEO) > before + 25);
                assertEquals("", player.ended());
                assertTrue(ffmpeg.running());
            }
            assertEquals(List.of(), browser.failures());
            assertEquals(List.of(), browser.console().stream().filter(line -> line.startsWith("error") || line.startsWith("exception")).toList());
        }
    }

    @Test
    void everyCheckOfOursIsFine() throws Exception {
        Await.until("everything is fine, once a publisher of another test is forgotten", Server.PATIENCE, () -> health().path("overallResult").asText().equals("OK"));
        List<String> names = new ArrayList<>();
        health().path("results").forEach(result -> names.add(result.path("name").asText() + " " + result.path("status").asText()));
        assertEquals(List.of("Listeners OK", "Memory for media OK", "Plugins OK", "Streams OK"), names.stream().sorted().toList());
        assertEquals(200, SERVER.get().getAdmin("/system/console/healthcheck?tags=sluice").statusCode());
    }

    private static JsonNode health() throws IOException {
        return new ObjectMapper().readTree(SERVER.get().getAdmin("/health.json?tags=sluice").body());
    }

    private static void shows(Chromium browser, String page, String... words) throws Exception {
        browser.navigate(SERVER.get().admin("/system/console/" + page));
        Await.until(() -> page + " shows " + List.of(words) + ": " + text(browser), Server.PATIENCE, () -> Stream.of(words).allMatch(text(browser)::contains));
        browser.screenshot(Server.output().resolve("console-" + page + ".png"));
    }

    private static String text(Chromium browser) {
        try {
            return browser.evaluate("document.body.innerText").asText();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
