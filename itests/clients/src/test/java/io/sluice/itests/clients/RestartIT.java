package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** First starts, second starts, and starts that something stands in the way of. */
@Tag("once")
class RestartIT {
    private static final String RTMP = "io.sluice.protocol.rtmp";

    @TempDir
    Path home;
    @TempDir
    Path folder;
    private SluiceServer server;

    @BeforeEach
    void create() {
        server = Server.create(home);
    }

    @AfterEach
    void keepTheLog(TestInfo test) throws Exception {
        server.close();
        Files.writeString(Server.output().resolve("RestartIT-" + test.getTestMethod().orElseThrow().getName() + ".log"), server.log());
    }

    @Test
    void whatWasElectedAndWhatWasRefusedIsRememberedOverARestartAndAKill() throws Exception {
        server.start();
        server.deploy(JarVariant.of(server.shipped(RTMP)).version("0.0.9").write(folder.resolve("older.jar")), "older.jar");
        Path broken = JarVariant.of(server.shipped("io.sluice.protocol.hls")).version("9.0.0").header("Import-Package", "no.such.thing").write(folder.resolve("broken.jar"));
        server.deploy(broken, "broken.jar");
        awaitRemembered();
        assertEquals(0, server.stop());
        server.start();
        awaitRemembered();
        server.kill();
        server.start();
        awaitRemembered();
        assertEquals(1, server.log().lines().filter(line -> line.contains(" is refused: ")).count(), "it is not tried again at each start");
        assertFalse(server.log().contains("did not start"), "what the deployer starts is no failure of the start");
        try (RtmpPlayer player = RtmpPlayer.open(server.rtmp("live", "demo"))) {
            Await.until("it plays", Server.PATIENCE, () -> player.count(Kind.VIDEO) > 10);
        }
    }

    @Test
    void aSecondServerInTheSameHomeIsRefusedWithASentence() throws Exception {
        server.start();
        assertTrue(server.log().contains(" is ready.") && !server.log().contains("PROBLEM: "), server.log());
        try (Program second = start(Map.of("SLUICE_HOME", home.toString(), "SLUICE_ADMIN_PASSWORD", "x"))) {
            assertEquals(2, second.await(Server.PATIENCE));
            assertEquals(List.of("sluice: a server already runs in " + home.toRealPath() + "; stop it, or give this one a home of its own: SLUICE_HOME=/another/folder"), second.errors());
        }
        assertEquals(200, server.get("/demo.html").statusCode());
    }

    @Test
    void aTakenPortIsSaidAndTakenOverWhenItIsFree() throws Exception {
        InetSocketAddress rtmp = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.rtmp("a", "b").getPort());
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(rtmp);
            server.start();
            String said = server.log().lines().filter(line -> line.startsWith("PROBLEM: ")).findFirst().orElse("nothing");
            assertTrue(said.matches("PROBLEM: the listener rtmp cannot listen on \\S+:" + rtmp.getPort() + ": the port is taken; free the port .*\\."), said);
            assertTrue(server.log().contains("SLUICE_RTMP_PORT="), "it says what to do");
            assertFalse(server.log().contains("is ready."));
            assertTrue(server.getAdmin("/health.json?tags=listeners").body().contains("the port is taken"), "the health check says so");
        }
        Await.until("the port is taken over", Server.PATIENCE, () -> {
            try (RtmpPlayer player = RtmpPlayer.open(server.rtmp("live", "demo"))) {
                Await.until("it plays", Server.PATIENCE, () -> player.count(Kind.VIDEO) > 10);
                return true;
            }
        });
    }

    @Test
    void thePasswordIsShownOnceAndNothingOfTheConsoleWithoutIt() throws Exception {
        server.environment("SLUICE_ADMIN_PASSWORD", "").environment("SLUICE_PUBLISH_KEY", "").start();
        String password = found("user admin, password (\\S+) ");
        String key = found("/live/mine\\?key=(\\S+)\"");
        assertEquals(key, showKey());
        locked(password);
        assertEquals(0, server.stop());
        server.start();
        server.kill();
        server.start();
        assertEquals(1, server.log().split(Pattern.quote(password), -1).length - 1, "the password stands once in the output of three starts");
        assertEquals(key, showKey());
        locked(password);
        String log = Files.readString(home.resolve("data/log/sluice.log"));
        assertFalse(log.contains(password) || log.contains(key), "neither stands in the log file");
        try (Stream<Path> files = Files.walk(home)) {
            assertEquals(List.of(), files.filter(Files::isRegularFile).filter(file -> !file.equals(server.logFile()) && holds(file, password)).toList(), "and no file holds the password");
        }
    }

    private void locked(String password) throws IOException {
        for (String path : List.of("/system/console", "/system/console/configMgr", "/system/console/res/ui/webconsole.css", "/system/console/sluice-plugins", "/system/console/status-Configurations.txt")) {
            nothing(admin("GET", path, null), path);
        }
        for (String wrong : new String[] {"admin:admin", "root:" + password}) {
            nothing(admin("GET", "/system/console/configMgr", wrong), wrong);
        }
        nothing(admin("POST", "/system/console/vmstat?shutdown_type=Stop", "admin:admin"), "a stop");
        Await.until("the right password works, after a pause for the wrong ones", Server.PATIENCE, () -> admin("GET", "/system/console/bundles", "admin:" + password).statusCode() == 200);
    }

    /** After wrong passwords the answer may be to wait; in any case it is one plain line. */
    private static void nothing(HttpResponse<String> answer, String what) {
        assertTrue(List.of(401, 429).contains(answer.statusCode()), what + ": " + answer.statusCode());
        assertTrue(answer.body().strip().matches("Log in as the administrator\\.|Too many wrong passwords: try again in \\d+ s\\."), answer.body());
    }

    private HttpResponse<String> admin(String method, String path, String login) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.admin(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (login != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes()));
        }
        return server.send(request.build());
    }

    @Test
    void openLiftsTheNeedForAKeyAndEveryPageSaysSoUntilAStartWithoutIt() throws Exception {
        server.start("--open");
        publishes("anything");
        assertTrue(server.log().contains("OPEN: no key needed."), "the output says so");
        try (Chromium browser = Chromium.start()) {
            pagesSay(browser, true);
            assertEquals(0, server.stop());
            server.start();
            assertThrows(IOException.class, () -> publishes("anything"));
            pagesSay(browser, false);
        }
        assertEquals(server.log().indexOf("OPEN: "), server.log().lastIndexOf("OPEN: "), "once for two starts");
    }

    private void pagesSay(Chromium browser, boolean open) throws Exception {
        for (String page : List.of("/demo.html", "/")) {
            browser.navigate(server.http(page));
            Await.until("the page has its facts: " + page, Server.PATIENCE, () -> browser.evaluate("document.body.innerText").asText().contains("demo"));
            Await.until(page + (open ? " says that it is open" : " says nothing of it"), Server.PATIENCE,
                () -> browser.evaluate("document.body.innerText").asText().contains("anybody may publish") == open);
        }
        for (String page : List.of("sluice-plugins", "sluice-streams", "sluice-connections")) {
            assertEquals(open, server.getAdmin("/system/console/" + page).body().contains("Anybody may publish"), page);
        }
    }

    private void publishes(String name) throws IOException {
        RtmpPublisher.open(server.rtmp("live", name)).close();
    }

    private void awaitRemembered() {
        Await.until(() -> "0.0.9 is elected and 9.0.0 refused: " + plugins(), Server.PATIENCE,
            () -> plugins().matches("(?s).*rtmp +0\\.0\\.9 +ELECTED.*") && plugins().matches("(?s).*hls +9\\.0\\.0 +REJECTED[^\n]*no\\.such\\.thing.*"));
    }

    private String plugins() {
        try {
            return server.shell("sluice:plugins");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(server.log());
        assertTrue(matcher.find(), () -> pattern + " is not in\n" + server.log());
        return matcher.group(1);
    }

    private String showKey() throws IOException {
        try (Program program = start(Map.of("SLUICE_HOME", home.toString()), "show-key")) {
            return program.output(Server.PATIENCE).strip();
        }
    }

    private static Program start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = Stream.concat(Stream.of(Path.of(System.getProperty("sluice.dist"), "bin/sluice").toString()), Stream.of(arguments)).toList();
        return Program.start(command, Stream.concat(environment.entrySet().stream(), Map.of("JAVA_HOME", System.getProperty("sluice.jdk")).entrySet().stream())
            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
