package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.rtmp.Amf0;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that want to be something else (row 7), keys that must not be seen (row 9), passwords that everybody knows (row 20). */
class NamesIT {
    @RegisterExtension
    static final Attacked ATTACKED = new Attacked();
    private static final String LONG = "a".repeat(10_000);
    private static final List<String> NAMES = List.of("../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..\\..\\etc", "a\u0000b", "a\r\nFORGED LINE", LONG,
        "wild+../../../../tmp/evil", "wild+" + LONG, "wild+a\nFORGED LINE", "\u202Egnp.exe", "\uD83D\uDE00", "wild+\uD83D\uDE00\u202E", "+", "", " ", "?", "file:///etc/passwd", "$[env:SLUICE_PUBLISH_KEY]");

    private final Target target = ATTACKED.get();

    @Test
    void row7NamesOnRtmpAreStreamsOrNothing() throws Exception {
        List<String> files = files();
        for (String name : NAMES) {
            for (String command : List.of("publish", "play")) {
                try (Attacker a = Attacker.connect(target.rtmpPort()).shakeHands().rtmpConnect("live")) {
                    a.send(Attacker.message(8, 20, Amf0.encode(command, 3, null, name + "?key=" + SluiceServer.PUBLISH_KEY, "live")));
                    a.awaitReceived("onStatus");
                    assertTrue(a.received().contains("onStatus"), () -> command + " of " + name + " is answered: " + a.said());
                }
            }
        }
        assertEquals(files, files(), "no file appeared anywhere in the home");
        assertFalse(Files.exists(Path.of("/tmp/evil")));
        assertTrue(target.server().log().lines().noneMatch(l -> l.startsWith("FORGED")), "no name makes a line of the log");
    }

    /** All but what the server itself writes at any time. */
    private List<String> files() throws IOException {
        Path home = target.server().home();
        try (Stream<Path> all = Files.walk(home)) {
            return all.map(p -> home.relativize(p).toString()).filter(p -> !p.startsWith("data/log") && !p.startsWith("data/cache")).sorted().toList();
        }
    }

    @Test
    void row7PathsOnHttpNeverLeaveTheirRoute() throws Exception {
        for (String path : List.of("/../../../../etc/passwd", "/hls/../../../etc/passwd", "/hls/%2e%2e/%2e%2e/etc/passwd", "/hls/..%2f..%2fetc%2fpasswd", "/%2e%2e%2f%2e%2e%2fetc/passwd",
            "/hls/a%00b/index.m3u8", "/hls/a%0d%0aSet-Cookie:x/index.m3u8", "/hls/%ff%fe/index.m3u8", "/hls/%c0%ae%c0%ae/index.m3u8", "/%zz", "/hls/" + LONG + "/index.m3u8", "*", "http://", "/a#b")) {
            try (Attacker a = Attacker.connect(target.httpPort())) {
                a.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                target.requireShownOut(a, Target.SOON, "refused a request with 4");
                assertTrue(a.received().startsWith("HTTP/1.1 4") && !a.received().contains("root:"), a::said);
                assertFalse(a.received().contains("\r\nSet-Cookie"), a::said);
            }
        }
        for (String path : List.of("/hls/%F0%9F%98%80/index.m3u8", "/hls/wild+..%5c..%5cx/index.m3u8", "/hls/%252e%252e/index.m3u8", "/....//....//etc/passwd", "/hls/a//b/./index.m3u8", "/.html",
            "/json_.js", "/json_%22%3E%3Cscript%3E.js", "/%3Cscript%3Ealert(1)%3C%2Fscript%3E.html", "/" + "a".repeat(5000) + ".html")) {
            try (Attacker a = Attacker.connect(target.httpPort())) {
                a.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                a.awaitClosed(Target.SOON);
                assertTrue(a.received().matches("(?s)HTTP/1\\.1 [24]\\d\\d .*") && !a.received().contains("root:"), () -> path + ": " + a.said());
                assertFalse(a.received().contains("<script>alert"), a::said);
            }
        }
    }

    @Test
    void row9KeysAreNowhereToBeSeen() throws Exception {
        String wrong = "a-wrong-secret-of-row-9";
        for (String app : List.of("live", wrong)) {
            for (String name : List.of("seen?key=" + wrong, "seen?pass=" + wrong + "&x=" + SluiceServer.PUBLISH_KEY, "wild+x?key=" + wrong)) {
                try (Attacker a = Attacker.connect(target.rtmpPort()).shakeHands().rtmpConnect(app)) {
                    a.send(Attacker.message(8, 20, Amf0.encode("publish", 3, null, name, "live")));
                    a.awaitReceived("onStatus");
                }
                try (Attacker a = Attacker.connect(target.rtmpPort()).shakeHands().rtmpConnect(app + "?key=" + wrong)) {
                    a.send(Attacker.message(8, 20, Amf0.encode("play", 3, null, name)));
                    a.awaitReceived("onStatus");
                }
            }
        }
        try (Attacker a = Attacker.connect(target.httpPort())) {
            a.send("GET /../x?key=" + wrong + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + wrong + "\r\n\r\n");
            a.awaitClosed(Target.SOON);
        }
        StringBuilder seen = new StringBuilder(Files.readString(target.server().home().resolve("data/log/sluice.log")));
        for (String path : List.of("/json_watched.js", "/watched.html", "/hls/watched/index.m3u8", "/")) {
            seen.append(target.server().get(path).body());
        }
        for (String command : List.of("sluice:streams", "sluice:stream watched", "sluice:readers", "sluice:feeds", "sluice:connections", "sluice:listeners", "sluice:plugins")) {
            seen.append(target.server().shell(command));
        }
        for (String secret : List.of(wrong, SluiceServer.PUBLISH_KEY)) {
            assertEquals(List.of(), seen.toString().lines().filter(l -> l.contains(secret)).toList());
        }
    }

    @Test
    void row20PasswordsThatEverybodyKnowsOpenNothing() throws Exception {
        assertEquals(200, target.server().getAdmin("/system/console/bundles").statusCode());
        for (String login : List.of("admin:admin", "admin:", ":", "admin:password", "karaf:karaf")) {
            HttpRequest request = HttpRequest.newBuilder(target.server().admin("/system/console/bundles")).header("Authorization", "Basic " + Base64.getEncoder()
                .encodeToString(login.getBytes(StandardCharsets.UTF_8))).build();
            assertTrue(List.of(401, 429).contains(target.server().send(request).statusCode()), login);
        }
        String conf = Files.readString(target.server().home().resolve("conf/io.sluice.admin.console.cfg.json"));
        assertFalse(conf.contains(SluiceServer.ADMIN_PASSWORD), "the password does not stand in a file");
    }
}
