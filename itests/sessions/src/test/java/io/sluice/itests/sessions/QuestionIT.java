package io.sluice.itests.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may watch is asked of a web hook: SES-18 to SES-23. */
@Tag("once")
class QuestionIT {
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static final List<String> TOLD = new CopyOnWriteArrayList<>();
    private static volatile String answer = "1";
    private static Configured configured;
    private static SluiceServer server;
    private static Listed sessions;
    private static HttpServer hook;

    @BeforeAll
    static void start() throws IOException {
        configured = new Configured(QuestionIT.class);
        server = configured.server();
        sessions = new Listed(server);
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        hook.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            (exchange.getRequestHeaders().getFirst("X-Trigger").equals("USER_NEW") ? ASKED : TOLD).add(body);
            byte[] reply = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        hook.start();
        Files.writeString(server.home().resolve("conf/io.sluice.sessions.cfg.json"), "{\"inactivitySeconds\": 2}");
        trigger("new", "USER_NEW", true);
        trigger("end", "USER_END", false);
        Await.until("the trigger counts", Configured.PATIENCE, () -> {
            Curl.get(server.http("/hls/demo/index.m3u8?tkn=waiting" + System.nanoTime()), "--interface", "127.0.0.99");
            return !ASKED.isEmpty();
        });
    }

    private static void trigger(String name, String type, boolean blocking) throws IOException {
        Files.writeString(server.home().resolve("conf/io.sluice.triggers.trigger~" + name + ".cfg.json"), "{\"type\": \"" + type + "\", \"handler\": \"webhook\", \"target\": \"http://127.0.0.1:"
            + hook.getAddress().getPort() + "/\", \"blocking\": " + blocking + "}");
    }

    @AfterAll
    static void stop() throws IOException {
        hook.stop(0);
        configured.close();
    }

    private static Curl get(String address, String token) throws IOException {
        return Curl.get(server.http("/hls/demo/index.m3u8?tkn=" + token), "-A", "asker", "--interface", address);
    }

    private static List<String> asked(String token) {
        return ASKED.stream().filter(a -> a.split("\n", -1)[2].equals(token)).toList();
    }

    @Test
    void ses18And23SixLinesAreAskedAndTwelveToldAtTheEnd() throws IOException {
        answer = "1";
        assertEquals(200, get("127.0.0.18", "t18").status());
        get("127.0.0.18", "t18");
        assertEquals(1, asked("t18").size());
        String[] question = asked("t18").get(0).split("\n", -1);
        String id = sessions.id("address 127.0.0.18");
        assertEquals(List.of("demo", "127.0.0.18", "t18", "hls", server.http("/hls/demo/index.m3u8?tkn=t18").toString(), id), List.of(question));
        Await.until("the end is told", Configured.PATIENCE, () -> TOLD.stream().anyMatch(t -> t.endsWith(id)));
        String[] end = TOLD.stream().filter(t -> t.endsWith(id)).findFirst().orElseThrow().split("\n", -1);
        assertEquals(12, end.length);
        assertEquals(List.of("t18", "demo", "hls", "127.0.0.18"), List.of(end).subList(0, 4));
        assertEquals(sessions.figure("address 127.0.0.18", "bytes out"), Long.parseLong(end[5]), "up, to the viewer");
        assertEquals(sessions.figure("address 127.0.0.18", "bytes in"), Long.parseLong(end[6]));
        assertTrue(Long.parseLong(end[5]) > 300 && end[7].equals("[UA:asker]"), String.join("|", end));
    }

    @Test
    void ses19To21ARefusalHasItsReasonIsRememberedAndForgottenOnRequest() throws IOException {
        get("127.0.0.19", "warm-up");
        answer = "0";
        Curl refused = get("127.0.0.19", "t19");
        assertEquals(403, refused.status());
        assertTrue(refused.body().contains("refused by"), refused.body());
        assertEquals(403, get("127.0.0.19", "t19").status());
        try (RtmpPlayer player = RtmpPlayer.open(server.rtmp("live", "demo?tkn=r19"))) {
            Await.until("RTMP is told, too", Configured.PATIENCE, () -> player.statuses().toString().contains("NetStream.Play.Failed"));
            assertEquals(0, player.count(Kind.VIDEO));
        }
        answer = "1";
        assertEquals(403, get("127.0.0.19", "t19").status());
        assertEquals(1, asked("t19").size());
        server.shell("sluice:sessions invalidate stream demo");
        assertEquals(200, get("127.0.0.19", "t19").status());
        assertEquals(2, asked("t19").size());
    }

    @Test
    void ses22AskingAgainCutsWhoIsDeniedNow() throws IOException {
        answer = "1";
        try (RtmpPlayer player = RtmpPlayer.open(server.rtmp("live", "demo?tkn=t22"))) {
            Await.until("it plays", Configured.PATIENCE, () -> player.count(Kind.VIDEO) > 3 && !sessions.rows("protocol rtmp").isEmpty());
            answer = "0";
            server.shell("sluice:sessions invalidate protocol rtmp");
            Await.until(() -> "it is cut: " + player.statuses(), Configured.PATIENCE, () -> !player.ended().isEmpty() && player.statuses().toString().contains("refused by"));
        } finally {
            answer = "1";
        }
    }
}
