package io.sluice.itests.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Chromium;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Which connections are one session, what ends it and what is said of it: real clients, each test from a loopback address of its own. */
@Tag("once")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RulesIT {
    private static final String MANNERS = "\"inactivitySeconds\": 2, \"accessLog\": \"data/log/access.csv\"";
    private static Configured configured;
    private static SluiceServer server;
    private static Listed sessions;

    @BeforeAll
    static void start() throws IOException {
        configured = new Configured(RulesIT.class);
        server = configured.server();
        sessions = new Listed(server);
        Files.writeString(server.home().resolve("conf/io.sluice.net.cfg.json"), "{\"trustedProxies\": [\"127.0.0.100\"]}");
        define("\"viewers\": [\"stream\", \"address\", \"token\"], \"unclassified\": []");
    }

    @AfterAll
    static void stop() throws IOException {
        configured.close();
    }

    /** Each definition of this class is another one, so the log says when it counts. */
    private static void define(String more) throws IOException {
        long before = definitions();
        configured.configure("io.sluice.sessions", "{" + MANNERS + ", " + more + "}", () -> definitions() > before);
    }

    private static long definitions() throws IOException {
        return configured.log().lines().filter(l -> l.contains("sessions are defined by the configuration")).count();
    }

    private static URI uri(String path) {
        return server.http(path);
    }

    private static Curl from(String address, String path) throws IOException {
        return Curl.get(uri(path), "--interface", address);
    }

    private static void awaitRows(int count, String which) {
        Await.until(() -> count + " sessions of " + which + " are here: " + listed(which), Configured.PATIENCE, () -> sessions.rows(which).size() == count);
    }

    private static String listed(String which) {
        try {
            return String.join("\n", sessions.rows(which));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Order(1)
    @Test
    void ses01And02ATokenIsASessionAndAnotherIsAnother() throws IOException {
        Curl master = from("127.0.0.11", "/hls/demo/index.m3u8?tkn=a");
        assertEquals(200, master.status());
        from("127.0.0.11", "/hls/demo/0/index.m3u8?tkn=a");
        awaitRows(1, "address 127.0.0.11");
        assertTrue(server.getAdmin("/system/console/sluice-sessions/live").body().contains("<td title=\"curl"), "the page has it");
        from("127.0.0.11", "/hls/demo/index.m3u8?sid=b");
        awaitRows(2, "address 127.0.0.11");
    }

    @Order(1)
    @Test
    void ses04RtmpAndHlsWithOneTokenAreOneSession() throws IOException {
        try (RtmpPlayer player = RtmpPlayer.open(server.rtmp("live", "demo?tkn=both"))) {
            Curl.get(uri("/hls/demo/index.m3u8?tkn=both"));
            Await.until(() -> "one session with both: " + listed("address 127.0.0.1"), Configured.PATIENCE,
                () -> sessions.rows("address 127.0.0.1").stream().filter(r -> r.contains(" both ")).toList().size() == 1 && listed("address 127.0.0.1").contains("hls,rtmp"));
            assertEquals("", player.ended());
        }
    }

    @Order(1)
    @Test
    void ses05APublisherAndAPulledSourceAreInputs() throws IOException {
        try (Program publisher = Ffmpeg.installed().publishTestPicture(server.rtmp("live", "input?key=" + SluiceServer.PUBLISH_KEY))) {
            awaitRows(1, "stream input");
            assertTrue(sessions.rows("stream input").get(0).matches("I[0-9a-f]+ +LIVE +INPUT .*"), listed("stream input"));
            assertTrue(publisher.running());
        }
        from("127.0.0.15", "/hls/demo/index.m3u8");
        Await.until("the demo's source is an input", Configured.PATIENCE, () -> sessions.rows("protocol bundle").stream().anyMatch(r -> r.startsWith("I")));
    }

    @Order(1)
    @Test
    void ses13AProxysRequestsAreThoseOfItsClientsAndOnlyAProxyIsBelieved() throws IOException {
        keepAlive("127.0.0.100", "10.1.1.1", "10.1.1.2", "10.1.1.1");
        awaitRows(1, "address 10.1.1.1");
        awaitRows(1, "address 10.1.1.2");
        keepAlive("127.0.0.101", "10.1.1.3");
        awaitRows(1, "address 127.0.0.101");
        awaitRows(0, "address 10.1.1.3");
    }

    @Order(1)
    @Test
    void aKeptConnectionThatComesWithAnotherTokenIsInAnotherSession() throws IOException {
        URI uri = uri("/hls/demo/index.m3u8");
        try (Socket socket = new Socket(uri.getHost(), uri.getPort(), InetAddress.getByName("127.0.0.131"), 0)) {
            socket.setSoTimeout(10_000);
            for (String token : List.of("a", "b", "a")) {
                socket.getOutputStream().write(("GET " + uri.getPath() + "?tkn=" + token + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                answer(socket.getInputStream());
            }
            awaitRows(2, "address 127.0.0.131");
        }
    }

    @Order(1)
    @Test
    void aHardLimitDeniesWithTheReason() throws IOException {
        Files.writeString(server.home().resolve("conf/io.sluice.sessions.limit~one.cfg.json"),
            "{\"scope\": \"address\", \"pattern\": \"127.0.0.8*\", \"sessions\": 1, \"kind\": \"hard\"}");
        Await.until("the second is denied", Configured.PATIENCE, () -> from("127.0.0.81", "/hls/demo/index.m3u8?tkn=" + System.nanoTime()).status() >= 400);
        Curl denied = from("127.0.0.81", "/hls/demo/index.m3u8?tkn=another");
        assertTrue(denied.body().contains("the limit of 1 sessions from 127.0.0.81 is reached"), denied.status() + " " + denied.body());
        assertEquals(200, from("127.0.0.82", "/hls/demo/index.m3u8?tkn=another").status());
        Files.delete(server.home().resolve("conf/io.sluice.sessions.limit~one.cfg.json"));
    }

    /** One connection with a request for each client. */
    private static void keepAlive(String from, String... clients) throws IOException {
        URI uri = uri("/hls/demo/index.m3u8");
        try (Socket socket = new Socket(uri.getHost(), uri.getPort(), InetAddress.getByName(from), 0)) {
            socket.setSoTimeout(10_000);
            for (String client : clients) {
                socket.getOutputStream().write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: x\r\nX-Real-IP: " + client + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                answer(socket.getInputStream());
            }
        }
    }

    private static void answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        assertTrue(head.toString().startsWith("HTTP/1.1 200"), head.toString());
        in.readNBytes(Integer.parseInt(head.toString().toLowerCase().replaceAll("(?s).*content-length: *(\\d+).*", "$1")));
    }

    @Order(1)
    @Test
    void ses14To17And28And29BytesAreSummedAndTheEndIsInTheHistoryAndTheAccessLog() throws IOException {
        long bytes = curlBytes("127.0.0.14") + curlBytes("127.0.0.14");
        Await.until("the sum is there", Configured.PATIENCE, () -> sessions.figure("address 127.0.0.14", "bytes out") == bytes);
        String id = sessions.id("address 127.0.0.14");
        assertTrue(listed("address 127.0.0.14").contains("UA:ses14"), listed("address 127.0.0.14"));
        Await.until("it ends", Configured.PATIENCE, () -> sessions.rows("address 127.0.0.14").isEmpty());
        assertEquals(1, sessions.ended("address 127.0.0.14").size());
        Path log = server.home().resolve("data/log/access.csv");
        Await.until("the access log has it", Configured.PATIENCE, () -> Files.exists(log) && Files.readAllLines(log).stream().anyMatch(l -> l.contains(id)));
        String line = Files.readAllLines(log).stream().filter(l -> l.contains(id)).findFirst().orElseThrow();
        assertTrue(line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d, " + id + ", demo, hls, 127\\.0\\.0\\.14, \\d+, \\d+, \\d+, \\[UA:ses14\\]"), line);
    }

    private static long curlBytes(String address) throws IOException {
        String sizes = Program.start(List.of("curl", "-sS", "-o", "/dev/null", "-A", "ses14", "--interface", address, "-w", "%{size_header} %{size_download}",
            uri("/hls/demo/index.m3u8").toString())).output(Duration.ofSeconds(20));
        return Long.parseLong(sizes.split(" ")[0]) + Long.parseLong(sizes.split(" ")[1]);
    }

    @Order(1)
    @Test
    void ses16ABrowserWithHlsJsIsOneSession() throws Exception {
        try (Chromium browser = Chromium.start()) {
            browser.navigate(uri("/demo.html"));
            Await.until(() -> "it plays: " + browser.console(), Configured.PATIENCE, () -> pictures(browser) > 150);
            List<String> rows = browsers();
            assertEquals(1, rows.size(), rows.toString());
        }
    }

    @Order(1)
    @Test
    void ses24To27SessionsAreEndedByStreamProtocolIdAndTag() throws IOException {
        try (Program publisher = Ffmpeg.installed().publishTestPicture(server.rtmp("live", "ending?key=" + SluiceServer.PUBLISH_KEY))) {
            Await.until("it is live", Configured.PATIENCE, () -> server.get("/hls/ending/index.m3u8").statusCode() == 200);
            cut("ending", "stop tag vip", "tagged");
            cut("ending", "stop id ", "byid");
            cut("ending", "stop stream ending", "stream");
            Await.until("the publisher is a session of the stream as well", Configured.PATIENCE, () -> !publisher.running());
        }
        Curl.get(uri("/hls/demo/index.m3u8?tkn=stay"), "--interface", "127.0.0.25");
        cut("demo", "stop protocol rtmp", "rtmp");
        assertEquals(0, sessions.ended("address 127.0.0.25").stream().filter(r -> r.contains("operator")).count());
    }

    private static void cut(String stream, String command, String token) throws IOException {
        try (RtmpPlayer player = RtmpPlayer.open(server.rtmp("live", stream + "?tkn=" + token))) {
            Await.until("it plays", Configured.PATIENCE, () -> player.count(Kind.VIDEO) > 3 && row(stream, token) != null);
            String id = row(stream, token).split(" ")[0];
            server.shell("sluice:sessions tag " + id + " vip");
            Await.until("the tag is there", Configured.PATIENCE, () -> row(stream, token).contains("vip"));
            server.shell("sluice:sessions " + (command.endsWith(" ") ? command + id : command));
            Await.until(() -> "it is cut, and told why: " + player.statuses() + player.ended(), Configured.PATIENCE,
                () -> !player.ended().isEmpty() && player.statuses().toString().contains("ended by the operator"));
        }
    }

    private static String row(String stream, String token) throws IOException {
        String shown = token.substring(0, Math.min(4, token.length()));
        return sessions.rows("stream " + stream).stream().filter(r -> r.contains(" " + shown + " ") && r.contains(" VIEWER ")).findFirst().orElse(null);
    }

    @Order(2)
    @Test
    void ses03And04WhatIdentifiesIsConfiguredAndRegroupsWhoIsThere() throws IOException {
        try (RtmpPlayer one = RtmpPlayer.open(server.rtmp("live", "demo?tkn=one")); RtmpPlayer two = RtmpPlayer.open(server.rtmp("live", "demo?tkn=two"))) {
            Await.until("they play", Configured.PATIENCE, () -> one.count(Kind.VIDEO) > 3 && two.count(Kind.VIDEO) > 3);
            awaitRows(2, "protocol rtmp");
            define("\"viewers\": [\"stream\"]");
            awaitRows(1, "protocol rtmp");
            define("\"viewers\": [\"stream\", \"address\", \"token\", \"protocol\"]");
            awaitRows(2, "protocol rtmp");
            Curl.get(uri("/hls/demo/index.m3u8?tkn=one"));
            Await.until(() -> "a session for each protocol: " + listed("address 127.0.0.1"), Configured.PATIENCE,
                () -> sessions.rows("address 127.0.0.1").stream().filter(r -> r.contains(" one ")).count() == 2);
            assertEquals("", one.ended() + two.ended());
        }
    }

    @Order(3)
    @Test
    void ses06PagesCountAsConfigured() throws IOException {
        from("127.0.0.61", "/json_demo.js");
        Await.until(() -> "a viewer: " + listed("address 127.0.0.61"), Configured.PATIENCE, () -> listed("address 127.0.0.61").contains(" VIEWER "));
        define("\"httpOnly\": \"output\"");
        from("127.0.0.62", "/json_demo.js");
        Await.until(() -> "an output: " + listed("address 127.0.0.62"), Configured.PATIENCE, () -> listed("address 127.0.0.62").matches("O[0-9a-f]+ +LIVE +OUTPUT .*"));
        define("\"httpOnly\": \"none\"");
        from("127.0.0.63", "/json_demo.js");
        from("127.0.0.64", "/hls/demo/index.m3u8");
        awaitRows(1, "address 127.0.0.64");
        assertEquals(List.of(), sessions.rows("address 127.0.0.63"));
    }

    @Order(4)
    @Test
    void ses07NoFieldsAreOneSessionForAll() throws IOException {
        define("\"httpOnly\": \"unclassified\", \"unclassified\": []");
        from("127.0.0.71", "/json_demo.js");
        from("127.0.0.72", "/json_other.js");
        Await.until(() -> "one for both: " + listed("address 127.0.0.72"), Configured.PATIENCE,
            () -> listed("address 127.0.0.72").startsWith("U") && listed("address 127.0.0.72").contains("127.0.0.71"));
    }

    @Order(5)
    @Test
    void ses16TwoBrowsersWithATokenEachAreTwoSessions() throws Exception {
        define("\"strategy\": \"cookie\"");
        try (Chromium one = Chromium.start(); Chromium two = Chromium.start()) {
            one.navigate(uri("/demo.html"));
            two.navigate(uri("/demo.html"));
            Await.until("both play", Configured.PATIENCE, () -> pictures(one) > 50 && pictures(two) > 50);
            List<String> rows = browsers();
            assertEquals(2, rows.size(), rows.toString());
        }
    }

    private static int pictures(Chromium browser) throws IOException {
        return browser.evaluate("document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames").asInt();
    }

    /** Sessions that browsers fetch media in. */
    private static List<String> browsers() throws IOException {
        return sessions.rows("address 127.0.0.1").stream().filter(r -> r.contains("UA:Mozilla") && r.contains("hls")).toList();
    }

    @Order(6)
    @Test
    void ses30TheAccessLogMayBeTheServers() throws IOException {
        String before = configured.log();
        configured.configure("io.sluice.sessions", "{\"inactivitySeconds\": 1, \"accessLog\": \"LOG\", \"viewers\": [\"address\"]}",
            () -> configured.log().substring(before.length()).contains("sessions are defined by the configuration"));
        from("127.0.0.30", "/hls/demo/index.m3u8");
        Await.until("the log has the line", Configured.PATIENCE, () -> configured.log().lines().anyMatch(l -> l.contains("ACCS") && l.contains(", 127.0.0.30, ")));
    }
}
