package io.sluice.itests.variables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.HttpReceiver;
import io.sluice.testkit.TestCertificate;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables whose values come from processes, a web server, files and calendars. */
class SourcesIT {
    private static final DateTimeFormatter CALENDAR_TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String ALWAYS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
        + "DTSTART:20200101T000000Z\r\nDURATION:PT20H\r\nSUMMARY:on\r\nRRULE:FREQ=HOURLY;INTERVAL=10\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    @TempDir
    static Path folder;
    private static VariableServer server;
    private static WebServer web;
    private static HttpReceiver secure;

    @BeforeAll
    static void start() throws Exception {
        web = new WebServer();
        server = VariableServer.start(folder);
        TestCertificate certificate = TestCertificate.make(folder);
        secure = HttpReceiver.secure(certificate.context(), request -> HttpReceiver.Answer.of(200, request.path().endsWith(".ics") ? ALWAYS : "sealed"));
        for (String type : List.of("url", "calendar")) {
            configure("io.sluice.variable." + type, "\"allowed\": [\"127.0.0.1\"], \"trust\": \"" + certificate.pem() + "\"");
        }
        Files.createDirectories(server.home().resolve("files"));
    }

    @AfterAll
    static void stop() throws IOException {
        web.close();
        secure.close();
        server.close("sources");
    }

    private static void configure(String pid, String attributes) throws IOException {
        Path hidden = server.home().resolve("conf/." + pid + ".tmp");
        Files.writeString(hidden, "{ " + attributes + " }\n");
        Files.move(hidden, server.home().resolve("conf/" + pid + ".cfg.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitError(String name, String beginning) {
        Await.until(() -> "$" + name + " fails with: " + beginning + "\n" + server.variables(), VariableServer.PATIENCE,
            () -> server.variable(name).getOrDefault("error", "").startsWith(beginning));
    }

    @Test
    void aCommandIsRunAgainAndAgain() throws IOException {
        server.define("clock", "command", "\"target\": \"date +%s.%N\"", "\"intervalMillis\": 300");
        Await.until(() -> "it changes:\n" + server.variables(), VariableServer.PATIENCE, () -> server.changes("clock").size() > 3);
    }

    @Test
    void wordsAreQuotedAndValuesStayInThem() throws IOException {
        server.define("evil", "static", "\"value\": \"a  b' \\\"c\\\" ; echo broken\"");
        server.define("words", "command", "\"target\": \"printf '[%s]' 'one two' $evil \\\"x $evil\\\"\"");
        server.awaitExpansion("$words", "[one two][a  b' \"c\" ; echo broken][x a  b' \"c\" ; echo broken]");
        server.define("shell", "command", "\"target\": \"printf '[%s]' \\\"$evil\\\" | tr a A\"", "\"parameters\": [\"shell=true\"]");
        server.awaitExpansion("$shell", "[A  b' \"c\" ; echo broken]");
        server.define("unclosed", "command", "\"target\": \"echo 'one\"");
        awaitError("unclosed", "'target': an apostrophe is not closed");
    }

    @Test
    void aFailingCommandKeepsTheValue() throws IOException {
        Path flag = folder.resolve("fails");
        server.define("failing", "command", "\"target\": \"test ! -e " + flag + " || { echo no studio >&2; exit 3; }; echo good\"", "\"parameters\": [\"shell=true\"]", "\"intervalMillis\": 200");
        server.awaitExpansion("$failing", "good");
        Files.createFile(flag);
        awaitError("failing", "it ended with exit code 3: no studio");
        assertEquals("good", server.expansion("$failing"));
        Files.delete(flag);
        awaitError("failing", "");
    }

    @Test
    void aCommandThatDoesNotEndIsKilledWithItsChildren() throws IOException {
        Path pids = folder.resolve("pids");
        server.define("endless", "command", "\"target\": \"trap '' TERM; echo $$ >> " + pids + "; setsid sh -c 'echo $$ >> " + pids + "; sleep 1000' & sleep 1000; :\"",
            "\"parameters\": [\"shell=true\"]", "\"waitMillis\": 1500", "\"intervalMillis\": 3600000");
        Await.until("both run", VariableServer.PATIENCE, () -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
        awaitError("endless", "");
        for (String pid : Files.readAllLines(pids)) {
            Await.until(pid + " is gone", VariableServer.PATIENCE, () -> !ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false));
        }
        assertFalse(server.variable("endless").get("error").isEmpty());
    }

    @Test
    void gigabytesAreCut() throws IOException {
        server.define("gigabytes", "command", "\"target\": \"yes\"", "\"maxBytes\": 127", "\"intervalMillis\": 0");
        server.awaitExpansion("$gigabytes", "y\n".repeat(64).strip());
    }

    @Test
    void theServersKeysAreNotHandedToCommands() throws IOException {
        server.define("environment", "command", "\"target\": \"env\"", "\"maxBytes\": 20000");
        Await.until(() -> "it is read:\n" + server.variables(), VariableServer.PATIENCE, () -> server.expansion("$environment").contains("SLUICE_VARIABLE=environment"));
        assertTrue(server.expansion("$environment").contains("MIST_CUSTOM_VARIABLE=environment"));
        assertFalse(server.expansion("$environment").contains("itest-"), server.expansion("$environment"));
    }

    @Test
    void aWebServerIsAskedWithTheVariablesName() throws IOException {
        web.on("/get", 200, "by get\n", Map.of());
        web.on("/post", 201, "{\"rooms\": [{\"name\": \"by post\"}]}", Map.of());
        server.define("got", "url", "\"target\": \"" + web.url("/get") + "\"");
        server.define("posted", "url", "\"target\": \"" + web.url("/post?v=$evil2") + "\"", "\"parameters\": [\"method=POST\", \"pointer=/rooms/0/name\"]", "\"intervalMillis\": 500");
        server.define("evil2", "static", "\"value\": \"a&b=c d\"");
        server.awaitExpansion("$got $posted", "by get by post");
        assertTrue(web.requests().contains("GET /get got"), web.requests().toString());
        Await.until(() -> "encoded: " + web.requests(), VariableServer.PATIENCE, () -> web.requests().contains("POST /post?v=a%26b%3Dc%20d posted"));
    }

    @Test
    void httpsBelievesTheCertificateThatIsNamed() throws IOException {
        server.define("sealed", "url", "\"target\": \"" + secure.uri("/v") + "\"");
        server.awaitExpansion("$sealed", "sealed");
        server.define("sealedcalendar", "calendar", "\"target\": \"" + secure.uri("/always.ics") + "\"", "\"parameters\": [\"value=summary\"]");
        server.awaitExpansion("$sealedcalendar", "on");
        server.define("forged", "url", "\"target\": \"" + secure.uri("/v").toString().replace("localhost", "127.0.0.1") + "\"");
        Await.until(() -> "a certificate for another name is refused:\n" + server.variables(), VariableServer.PATIENCE,
            () -> server.variable("forged").getOrDefault("error", "").contains("127.0.0.1"));
    }

    @Test
    void aFailingServerKeepsTheValue() throws IOException {
        web.on("/v", 200, "good", Map.of());
        server.define("served", "url", "\"target\": \"" + web.url("/v") + "\"", "\"intervalMillis\": 200");
        server.awaitExpansion("$served", "good");
        web.on("/v", 500, "bad", Map.of());
        awaitError("served", "the server answered 500");
        assertEquals("good", server.expansion("$served"));
        web.on("/v", 200, "better", Map.of());
        server.awaitExpansion("$served", "better");
    }

    @Test
    void deniedAddressesNameThePolicy() throws IOException {
        web.on("/file", 302, "", Map.of("Location", "file:///etc/passwd"));
        web.on("/metadata", 302, "", Map.of("Location", "http://169.254.169.254/latest/meta-data/"));
        web.on("/loopback", 302, "", Map.of("Location", "http://127.0.0.2:4242/"));
        web.on("/bomb", 200, "not really", Map.of("Content-Encoding", "gzip"));
        server.define("tofile", "url", "\"target\": \"" + web.url("/file") + "\"");
        server.define("tometadata", "url", "\"target\": \"" + web.url("/metadata") + "\"");
        server.define("toloopback", "url", "\"target\": \"" + web.url("/loopback") + "\"");
        server.define("bomb", "url", "\"target\": \"" + web.url("/bomb") + "\"");
        awaitError("tofile", "denied by the address policy io.sluice.variable.url: http or https was wanted");
        awaitError("tometadata", "denied by the address policy io.sluice.variable.url: '169.254.169.254' is 169.254.169.254, a cloud metadata address");
        awaitError("bomb", "the answer is encoded as 'gzip'");
        awaitError("toloopback", "denied by the address policy io.sluice.variable.url: '127.0.0.2' is 127.0.0.2, a loopback address");
        server.define("private", "url", "\"target\": \"http://127.0.0.2:1/\"");
        awaitError("private", "denied by the address policy io.sluice.variable.url: '127.0.0.2' is 127.0.0.2, a loopback address");
    }

    @Test
    void aFileIsWatched() throws IOException {
        Path file = server.home().resolve("files/now.txt");
        Files.writeString(file, "Studio 1\n");
        server.define("filed", "file", "\"target\": \"now.txt\"");
        server.awaitExpansion("$filed", "Studio 1");
        Files.writeString(file, "Studio 2\n");
        server.awaitExpansion("$filed", "Studio 2");
        server.define("up", "static", "\"value\": \"../conf/io.sluice.streams.cfg.json\"");
        server.define("outside", "file", "\"target\": \"x/$up\"");
        awaitError("outside", "'target': a file or folder's name was wanted");
        server.define("elsewhere", "file", "\"target\": \"/etc/passwd\"");
        awaitError("elsewhere", "it lies outside of the folders");
    }

    @Test
    void aCalendarIsFollowedToTheSecond() throws IOException {
        Instant start = Instant.now().plusSeconds(4);
        Files.writeString(server.home().resolve("files/programme.ics"), "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:"
            + CALENDAR_TIME.format(start) + "\r\nDURATION:PT2S\r\nSUMMARY:On air\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        server.define("onair", "calendar", "\"target\": \"programme.ics\"", "\"parameters\": [\"match=on air\"]");
        Await.until(() -> "it goes on and off:\n" + server.variables(), VariableServer.PATIENCE, () -> server.changes("onair").equals(List.of("false", "true", "false")));
    }

    @Test
    void replacedSourcesGoOnAndLeaveNothing() throws IOException {
        web.on("/on", 200, "on", Map.of());
        Files.writeString(server.home().resolve("files/on.txt"), "on");
        Files.writeString(server.home().resolve("files/on.ics"), ALWAYS);
        server.define("swapurl", "url", "\"target\": \"" + web.url("/on") + "\"", "\"intervalMillis\": 200");
        server.define("swapfile", "file", "\"target\": \"on.txt\"", "\"intervalMillis\": 200");
        server.define("swapcalendar", "calendar", "\"target\": \"on.ics\"", "\"parameters\": [\"value=summary\"]", "\"intervalMillis\": 200");
        server.define("swapcommand", "command", "\"target\": \"echo on\"", "\"intervalMillis\": 200");
        server.awaitExpansion("$swapurl$swapfile$swapcalendar$swapcommand", "onononon");
        for (String type : List.of("url", "file", "calendar", "command")) {
            String bundle = "io.sluice.variable." + type;
            for (int i = 0; i < 2; i++) {
                server.upgrade(bundle);
                server.downgrade(bundle);
            }
            int before = web.requests().size();
            Await.until("it is read on", VariableServer.PATIENCE, () -> web.requests().size() > before + 2);
            String source = bundle + ".internal." + type.substring(0, 1).toUpperCase() + type.substring(1) + "Source";
            Await.until(() -> "one or two copies of " + source + " are loaded:\n" + jcmd("VM.class_hierarchy", source), VariableServer.PATIENCE,
                () -> !jcmd("GC.run").isEmpty() && jcmd("VM.class_hierarchy", source).lines().filter(l -> l.contains(source + "/")).count() <= 2);
            assertEquals("", server.variable("swap" + type).get("error"));
        }
        assertEquals("onononon", server.expansion("$swapurl$swapfile$swapcalendar$swapcommand"));
        for (String thread : List.of("\"variable-url", "\"variable-file-watch", "\"variable-calendar-watch")) {
            Await.until(() -> "the threads of one version:\n" + jcmd("Thread.print"), VariableServer.PATIENCE, () -> jcmd("Thread.print").lines().filter(l -> l.startsWith(thread)).count()
                <= (thread.contains("url") ? 3 : 1));
        }
    }

    private static String jcmd(String... command) {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("sluice.jdk"), "bin", "jcmd").toString(), Long.toString(server.server().pid())));
        all.addAll(List.of(command));
        try (Program jcmd = Program.start(all)) {
            return jcmd.output(Duration.ofSeconds(30));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
