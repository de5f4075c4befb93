package io.sluice.itests.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of sessions and of bandwidth on a running server; a player who watches by RTMP is what uses them up. */
@Tag("once")
class LimitsIT {
    private static Configured configured;
    private static SluiceServer server;
    private static int newcomers;
    private RtmpPlayer player;

    @BeforeAll
    static void start() throws IOException {
        configured = new Configured(LimitsIT.class);
        server = configured.server();
        configured.strategy("fields", "\"stream\", \"address\", \"token\"");
        Await.until("nobody is there", Configured.PATIENCE, () -> new Listed(server).rows("address 127.0.0.1").stream().noneMatch(r -> r.contains(" VIEWER ")));
    }

    @AfterAll
    static void stop() throws IOException {
        configured.close();
    }

    @BeforeEach
    void play() throws IOException {
        player = RtmpPlayer.open(server.rtmp("live", "demo?tkn=player"));
        Await.until(() -> "it plays: " + player.statuses(), Configured.PATIENCE, () -> player.count(Kind.VIDEO) > 3);
    }

    @AfterEach
    void leave() throws IOException {
        player.close();
        Files.deleteIfExists(limit("tried"));
        Await.until("the limit is gone", Configured.PATIENCE, () -> newcomer("127.0.0.1").status() == 200);
    }

    /** Somebody whom nobody knows yet. */
    private static Curl newcomer(String address) throws IOException {
        return Curl.get(server.http("/hls/demo/index.m3u8?tkn=n" + newcomers++), "--interface", address);
    }

    private static Path limit(String name) {
        return server.home().resolve("conf/io.sluice.sessions.limit~" + name + ".cfg.json");
    }

    private static void hard(String json) throws IOException {
        Files.writeString(limit("tried"), "{" + json + ", \"kind\": \"hard\"}");
    }

    /** By HLS and by RTMP, with the reason; who watches goes on. */
    private void newcomersAreDenied(String reason) throws IOException {
        Await.until("it counts", Configured.PATIENCE, () -> newcomer("127.0.0.1").status() != 200);
        Curl denied = newcomer("127.0.0.1");
        assertEquals(503, denied.status(), denied.head());
        assertTrue(denied.body().contains(reason), denied.body());
        try (RtmpPlayer late = RtmpPlayer.open(server.rtmp("live", "demo?tkn=late" + newcomers++))) {
            Await.until(() -> "refused: " + late.statuses() + late.ended(), Configured.PATIENCE, () -> !late.statuses().isEmpty());
            assertTrue(late.statuses().get(0).startsWith("NetStream.Play.Failed") && late.statuses().get(0).contains(reason), late.statuses().toString());
            assertEquals(0, late.count(Kind.VIDEO));
        }
        int seen = player.count(Kind.VIDEO);
        Await.until(() -> "who watches goes on: " + player.ended(), Configured.PATIENCE, () -> player.count(Kind.VIDEO) > seen + 10);
    }

    @ParameterizedTest
    @CsvSource({"all, *, ''", "stream, demo, ' of stream demo'", "address, 127.0.0.1, ' from 127.0.0.1'"})
    void aHardLimitOfSessionsDeniesNewOnes(String scope, String pattern, String of) throws IOException {
        hard("\"scope\": \"" + scope + "\", \"pattern\": \"" + pattern + "\", \"sessions\": 1");
        newcomersAreDenied("the limit of 1 sessions" + of + " is reached");
        assertEquals(scope.equals("address") ? 200 : 503, newcomer("127.0.0.2").status());
    }

    @ParameterizedTest
    @CsvSource({"all, *, ''", "stream, d*, ' of stream demo'", "address, 127.0.*.1, ' from 127.0.0.1'"})
    void aHardLimitOfBandwidthDeniesNewOnes(String scope, String pattern, String of) throws IOException {
        hard("\"scope\": \"" + scope + "\", \"pattern\": \"" + pattern + "\", \"kbps\": 20");
        newcomersAreDenied("the limit of 20 kbit/s" + of + " is reached");
        assertEquals(scope.equals("address") ? 200 : 503, newcomer("127.0.0.2").status());
    }

    @Test
    void aHardLimitOfEachSessionEndsTheOneThatIsAbove() throws IOException {
        hard("\"scope\": \"session\", \"kbps\": 50");
        String reason = "the limit of 50 kbit/s for a session is exceeded";
        Await.until(() -> "it is ended: " + player.statuses() + player.ended(), Configured.PATIENCE, () -> !player.ended().isEmpty());
        assertTrue(player.statuses().toString().contains(reason), player.statuses().toString());
        assertEquals(200, newcomer("127.0.0.1").status());
    }

    @Test
    void softLimitsAreSaidOnceAndDenyNobody() throws IOException {
        soft("all", "\"sessions\": 1");
        soft("stream", "\"kbps\": 20");
        soft("address", "\"sessions\": 1");
        soft("session", "\"kbps\": 20");
        try (RtmpPlayer second = RtmpPlayer.open(server.rtmp("live", "demo?tkn=second"))) {
            awaitSaid("limit all (soft): reached, ", 1);
            awaitSaid("limit stream (soft): reached, of stream demo, ", 1);
            awaitSaid("limit address (soft): reached, from 127.0.0.1, ", 1);
            awaitSaid("limit session (soft): session ", 2);
            int seen = second.count(Kind.VIDEO);
            Await.until(() -> "both go on: " + player.ended() + second.ended(), Configured.PATIENCE, () -> second.count(Kind.VIDEO) > seen + 50);
            awaitSaid("(soft): ", 5);
            assertEquals(200, newcomer("127.0.0.1").status());
            assertEquals("", player.ended() + second.ended());
        }
        player.close();
        awaitSaid("limit address (soft): below again, from 127.0.0.1, ", 1);
        for (String scope : List.of("all", "stream", "address", "session")) {
            Files.delete(limit(scope));
        }
    }

    private static void soft(String scope, String most) throws IOException {
        Files.writeString(limit(scope), "{\"scope\": \"" + scope + "\", " + most + ", \"kind\": \"soft\"}");
    }

    private static void awaitSaid(String words, int times) {
        Await.until(() -> times + " lines say \"" + words + "\": " + said(words), Configured.PATIENCE, () -> said(words).size() == times);
    }

    private static List<String> said(String words) {
        return server.log().lines().filter(l -> l.contains(" limit ") && l.contains(words)).toList();
    }
}
