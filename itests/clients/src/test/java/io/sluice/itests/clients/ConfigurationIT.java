package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is configured through the Web Console is in conf/ before the console answers, and nothing takes it away again. */
@Tag("once")
class ConfigurationIT {
    private static final String RTMP = "io.sluice.protocol.rtmp";
    private static final String STREAM = "io.sluice.streams.stream";

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    Path folder;

    @Test
    void aSaveIsOnDiskBeforeTheAnswerAndSurvivesKillMinusNineAHandEditAndARestart() throws Exception {
        ConsoleForm.of(server(), RTMP).set("chunkSizeBytes", "5000").save();
        String saved = file(RTMP);
        server().kill();
        assertEquals(5000, json(saved).path("chunkSizeBytes:Integer").asInt(), saved);
        server().start();
        assertEquals("5000", ConsoleForm.of(server(), RTMP).value("chunkSizeBytes"));
        awaitChunkSize(5000);

        edit(RTMP, saved.replaceFirst("(\"idleSeconds:Integer\": )\\d+", "$145"));
        Await.until("the hand edit is in use", Server.PATIENCE, () -> ConsoleForm.of(server(), RTMP).value("idleSeconds").equals("45"));
        ConsoleForm.of(server(), RTMP).set("maxKbps", "90000").save();
        assertEquals(0, server().stop());
        server().start();
        JsonNode now = json(file(RTMP));
        assertEquals(List.of(5000, 45, 90000), Stream.of("chunkSizeBytes", "idleSeconds", "maxKbps").map(key -> now.path(key + ":Integer").asInt()).toList());
        awaitChunkSize(5000);
        ConsoleForm.of(server(), RTMP).set("chunkSizeBytes", "0").save();
        awaitChunkSize(8192);
    }

    @Test
    void placeholdersSurviveASaveOfAnotherAttribute() throws Exception {
        ConsoleForm.of(server(), "io.sluice.streams").set("maxStreams", "900").save();
        ConsoleForm.of(server(), "io.sluice.net.listener~http").set("name", "web").save();
        ConsoleForm.of(server(), "io.sluice.net.listener~rtmp").set("name", "ingest").save();
        JsonNode streams = json(file("io.sluice.streams"));
        assertEquals("900", streams.path("maxStreams:Integer").asText());
        assertEquals("$[env:SLUICE_PUBLISH_KEY;default=]", streams.path("publishKey").asText());
        assertEquals("$[env:SLUICE_OPEN;default=false]", streams.path("open").asText());
        assertEquals("$[env:SLUICE_HTTP_PORT;default=8080]", json(file("io.sluice.net.listener~http")).path("port").asText());
        assertEquals("$[env:SLUICE_RTMP_PORT;default=1935]", json(file("io.sluice.net.listener~rtmp")).path("port").asText());
        listensOnTheEnvironmentsPorts("web", "ingest");

        assertEquals(0, server().stop());
        server().start();
        listensOnTheEnvironmentsPorts("web", "ingest");
        ConsoleForm.of(server(), "io.sluice.net.listener~http").set("name", "http").save();
        ConsoleForm.of(server(), "io.sluice.net.listener~rtmp").set("name", "rtmp").save();
        listensOnTheEnvironmentsPorts("http", "rtmp");
    }

    @Test
    void theAdministratorsPasswordSurvivesASaveOfAnotherAttribute() throws Exception {
        JsonNode before = json(file("io.sluice.admin.console"));
        ConsoleForm form = ConsoleForm.of(server(), "io.sluice.admin.console");
        assertFalse(form.value("passwordHash").contains("pbkdf2"), "the console shows no hash");
        form.set("user", "admin").save();
        assertEquals(200, server().getAdmin("/system/console/bundles").statusCode(), "the console stays while its log-in changes");
        JsonNode after = json(file("io.sluice.admin.console"));
        assertEquals(before.path("passwordHash"), after.path("passwordHash"));
        assertEquals("$[env:SLUICE_ADMIN_PASSWORD;default=]", after.path("password").asText());
        assertEquals(200, server().getAdmin("/system/console/bundles").statusCode());
    }

    @Test
    void aStreamMadeInTheConsoleIsThereAfterARestartAndTakesItsOwnKey() throws Exception {
        ConsoleForm.create(server(), STREAM).set("name", "console-made").set("publishKeys", "key of its own", "another").set("bufferMillis", "40000").save();
        publishes("console-made?key=another", "console-made");
        server().kill();
        server().start();
        publishes("console-made?key=another", "console-made");
        try (Stream<Path> files = Files.list(server().home().resolve("conf"))) {
            assertEquals(1, files.filter(path -> path.getFileName().toString().startsWith(STREAM + "~") && read(path).contains("console-made")).count(), "in one file");
        }
    }

    @Test
    void noBooleanChangesByItselfAndTheLocationStaysOpen() throws Exception {
        edit(STREAM + "~booleans", "{\"name\": \"booleans\", \"source\": \"push://\", \"alwaysOn\": true, \"note\": \"of mine\"}");
        Await.until("the new file is in use", Server.PATIENCE, () -> ConsoleForm.of(server(), STREAM + "~booleans").value("alwaysOn").equals("true"));
        ConsoleForm.of(server(), STREAM + "~booleans").set("segmentMillis", "3000").save();
        JsonNode saved = json(file(STREAM + "~booleans"));
        assertTrue(saved.path("alwaysOn").asBoolean(), "true in the file before: " + saved);
        assertTrue(saved.path("resume").asBoolean(), "true by default: " + saved);
        assertEquals("of mine", saved.path("note").asText(), "unknown to the metatype: " + saved);
        for (String pid : List.of(STREAM + "~booleans", "io.sluice.streams", RTMP)) {
            ConsoleForm form = ConsoleForm.of(server(), pid);
            form.save();
            assertEquals("?", ConsoleForm.of(server(), pid).location(), pid);
        }
    }

    @Test
    void aSaveReachesBothRunningVersionsOfABundle() throws Exception {
        server().deploy(JarVariant.of(server().shipped(RTMP)).version("1.1.0").write(folder.resolve("newer.jar")), "newer.jar");
        Await.until(() -> "two versions run: " + components(), Server.PATIENCE, () -> components().size() == 2 && shell("sluice:plugins").contains("STANDBY"));
        ConsoleForm.of(server(), RTMP).set("chunkSizeBytes", "7000").save();
        Await.until(() -> "both versions' components have it: " + components(), Server.PATIENCE, () -> components().stream().allMatch(c -> c.contains("chunkSizeBytes<Integer> = 7000")));
        awaitChunkSize(7000);
        ConsoleForm.of(server(), RTMP).set("chunkSizeBytes", "6500").save();
        awaitChunkSize(6500);
        server().undeploy("newer.jar");
        Await.until("one version runs", Server.PATIENCE, () -> components().size() == 1);
        awaitChunkSize(6500);
        ConsoleForm.of(server(), RTMP).set("chunkSizeBytes", "0").save();
    }

    @Test
    void aClickOnSaveInARealBrowserDoesTheSame() throws Exception {
        try (Chromium browser = Chromium.start()) {
            browser.header("Authorization", SluiceServer.basic());
            browser.navigate(server().admin("/system/console/configMgr/io.sluice.streams"));
            Await.until("the dialog is open", Server.PATIENCE, () -> browser.evaluate("!!document.querySelector('#editorForm [name=takeoverMillis]')").asBoolean());
            browser.evaluate("document.querySelector('#editorForm [name=takeoverMillis]').value = '4321'");
            browser.screenshot(Server.output().resolve("configuration-dialog.png"));
            browser.click(".ui-dialog-buttonset button:last-child");
            Await.until(() -> "the file has it: " + read(path("io.sluice.streams")), Server.PATIENCE, () -> file("io.sluice.streams").contains("4321"));
            assertEquals(List.of(), browser.failures());
        }
        JsonNode saved = json(file("io.sluice.streams"));
        assertEquals("$[env:SLUICE_PUBLISH_KEY;default=]", saved.path("publishKey").asText());
        assertEquals("?", ConsoleForm.of(server(), "io.sluice.streams").location());
    }

    private static SluiceServer server() {
        return SERVER.get();
    }

    /** By effect: the chunk size that a player is told. */
    private static void awaitChunkSize(int bytes) {
        Await.until("a player is told chunks of " + bytes + " bytes", Server.PATIENCE, () -> {
            try (RtmpPlayer player = RtmpPlayer.open(server().rtmp("live", "demo"))) {
                Await.until("a chunk size", Server.PATIENCE, () -> !player.chunkSizes().isEmpty());
                return player.chunkSizes().contains(bytes);
            }
        });
    }

    private void publishes(String stream, String name) throws Exception {
        ClipFrames clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 2, 0));
        Await.until(() -> name + " is configured: " + shell("sluice:streams"), Server.PATIENCE, () -> shell("sluice:streams").contains(name));
        try (RtmpPublisher publisher = RtmpPublisher.open(server().rtmp("live", stream)).start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME)) {
            SERVER.awaitLive(name);
            assertTrue(publisher.sending());
        }
    }

    private static void listensOnTheEnvironmentsPorts(String http, String rtmp) {
        Await.until(() -> http + " and " + rtmp + " listen: " + shell("sluice:listeners"), Server.PATIENCE, () -> {
            String listeners = shell("sluice:listeners");
            URI page = server().http("/demo.html");
            return listeners.matches("(?s).*\\b" + http + "\\b[^\n]*:" + page.getPort() + "\\b.*") && listeners.matches("(?s).*\\b" + rtmp + "\\b[^\n]*:" + server().rtmp("a", "b").getPort() + "\\b.*")
                && server().get("/demo.html").statusCode() == 200;
        });
    }

    /** What Declarative Services says of the RTMP component in each version of its bundle: {@code scr:info}. */
    private static List<String> components() {
        return Pattern.compile("RtmpProtocol in bundle [^\n]*\n\\s*Id: (\\d+)").matcher(shell("scr:list")).results().map(found -> shell("scr:info " + found.group(1))).toList();
    }

    private static String shell(String command) {
        try {
            return server().shell(command);
        } catch (IOException e) {
            return "(no answer: " + e + ")";
        }
    }

    private static Path path(String pid) {
        return server().home().resolve("conf/" + pid + ".cfg.json");
    }

    private static String file(String pid) throws IOException {
        return Files.readString(path(pid));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void edit(String pid, String text) throws IOException {
        Files.writeString(path(pid), text);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
