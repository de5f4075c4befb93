package io.sluice.itests.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Who may watch what by a signed token, over HLS and RTMP. */
@Tag("once")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JwtIT {
    private static Configured configured;
    private static Jwt issuer;

    @BeforeAll
    static void start() throws Exception {
        configured = new Configured(JwtIT.class);
        issuer = new Jwt();
        Files.writeString(configured.server().home().resolve("conf/secrets/token-key.pem"), issuer.pem());
        Files.writeString(configured.server().home().resolve("conf/io.sluice.session.jwt.cfg.json"), "{\"keyFile\": \"conf/secrets/token-key.pem\"}");
        configured.strategy("jwt", "\"stream\", \"claim:sub\"");
        String token = issuer.watch("waiting", "demo");
        Await.until("the key is read", Configured.PATIENCE, () -> bearer(token, "waiting").status() == 200);
    }

    @AfterAll
    static void stop() throws IOException {
        configured.close();
    }

    private static URI master() {
        return configured.server().http("/hls/demo/index.m3u8");
    }

    private static Curl bearer(String token, String agent) throws IOException {
        return Curl.get(master(), "-A", agent, "-H", "Authorization: Bearer " + token);
    }

    private static URI rtmp(String token) {
        return configured.server().rtmp("live", "demo" + (token.isEmpty() ? "" : "?jwt=" + token));
    }

    /** What is no token, and what is said of it. */
    private static Map<String, String> refusals() throws Exception {
        Map<String, String> refusals = new LinkedHashMap<>();
        refusals.put("", "a token is wanted: Authorization: Bearer …, or the query parameter jwt");
        refusals.put("nonsense", "the token is not a JSON Web Token");
        refusals.put(Jwt.encode("{\"alg\":\"none\"}") + "." + Jwt.encode("{\"sub\":\"eve\",\"stream\":\"*\"}") + ".", "the token is not signed (alg none)");
        refusals.put(new Jwt().watch("eve", "*"), "the token was not signed by a key that this server trusts");
        refusals.put(issuer.watch("eve", "another"), "the token is not for this stream (claim stream)");
        refusals.put(issuer.sign("\"sub\":\"eve\",\"stream\":\"demo\""), "the token has no end (claim exp)");
        refusals.put(issuer.sign("\"sub\":\"eve\",\"stream\":\"demo\",\"exp\":1"), "the token ended at 1970-01-01T00:00:01Z");
        refusals.put(issuer.sign("\"sub\":\"eve\",\"stream\":\"demo\",\"exp\":" + Jwt.in(7200) + ",\"nbf\":" + Jwt.in(3600)), "the token begins at ");
        return refusals;
    }

    @Order(1)
    @Test
    void overHlsWhatIsWrongIs401WithTheReason() throws Exception {
        for (Map.Entry<String, String> refusal : refusals().entrySet()) {
            Curl answer = refusal.getKey().isEmpty() ? Curl.get(master()) : bearer(refusal.getKey(), "refused");
            assertEquals(401, answer.status(), refusal.getValue());
            assertEquals("Bearer", answer.header("www-authenticate"));
            assertTrue(answer.body().contains(refusal.getValue()), answer.body());
            assertTrue(configured.server().log().contains("(http/1.1): may not watch demo: " + refusal.getValue()), "one line of the log says it");
        }
    }

    @Order(1)
    @Test
    void overRtmpPlayingFailsWithTheReason() throws Exception {
        for (Map.Entry<String, String> refusal : refusals().entrySet()) {
            try (RtmpPlayer player = RtmpPlayer.open(rtmp(refusal.getKey()))) {
                Await.until(() -> "refused: " + player.statuses(), Configured.PATIENCE, () -> !player.statuses().isEmpty());
                assertTrue(player.statuses().get(0).contains("NetStream.Play.Failed") && player.statuses().toString().contains(refusal.getValue()), player.statuses().toString());
                assertEquals(0, player.count(Kind.VIDEO));
            }
        }
    }

    @Order(1)
    @Test
    void largeOnesAreRefusedBeforeAnybodyLooksAtThem() throws Exception {
        for (int characters : List.of(9_000, 17_000, 100_000)) {
            Curl answer = bearer("x".repeat(characters), "large");
            assertTrue(answer.status() == 431 || answer.status() == 401, answer.head());
        }
        try (RtmpPlayer player = RtmpPlayer.open(rtmp("x".repeat(20_000)))) {
            Await.until(() -> "refused: " + player.statuses() + player.ended(), Configured.PATIENCE, () -> !player.statuses().isEmpty() || !player.ended().isEmpty());
            assertEquals(0, player.count(Kind.VIDEO));
        }
    }

    @Order(1)
    @Test
    void aGoodOneOpensBothAndIsOneSessionByItsClaim() throws Exception {
        String token = issuer.watch("ann", "demo");
        Curl answer = Curl.get(configured.server().http("/hls/demo/index.m3u8?jwt=" + token), "-A", "ann");
        assertEquals(200, answer.status(), answer.body());
        assertEquals("0/index.m3u8?jwt=" + token, answer.entry());
        Curl media = Curl.get(master().resolve(answer.entry()), "-A", "ann");
        URI segment = master().resolve("0/").resolve(media.entry());
        assertTrue(media.entry().endsWith("?jwt=" + token), media.body());
        assertEquals(200, Curl.get(segment, "-A", "ann", "-o", "/dev/null", "-D", "-").status());
        // a renewed token of the same person
        assertEquals(200, bearer(issuer.sign("\"sub\":\"ann\",\"stream\":[\"d*\"],\"jti\":\"2\",\"exp\":" + Jwt.in(60)), "ann").status());
        try (RtmpPlayer player = RtmpPlayer.open(rtmp(token))) {
            Await.until(() -> "it plays: " + player.statuses(), Configured.PATIENCE, () -> player.count(Kind.VIDEO) > 5);
            Await.until("the session has both protocols", Configured.PATIENCE, () -> configured.server().shell("sluice:sessions").contains("hls,rtmp"));
        }
        List<String> rows = configured.awaitEnded("ann", 1);
        assertEquals(1, rows.size(), rows.toString());
        assertTrue(rows.get(0).contains("\"jwt\",\"an…\",\"demo\",\"hls rtmp\""), rows.toString());
    }

    @Order(2)
    @Test
    void publishersAreAskedWhereConfigured() throws Exception {
        configured.configure("io.sluice.session.jwt", "{\"keyFile\": \"conf/secrets/token-key.pem\", \"kinds\": [\"viewer\", \"input\"]}", () -> refusedPublisher(""));
        assertTrue(refusedPublisher("&jwt=" + issuer.watch("ann", "mine")), "a token for watching");
        String may = issuer.sign("\"sub\":\"cam\",\"publish\":\"mine\",\"exp\":" + Jwt.in(60));
        RtmpPublisher.open(publish("&jwt=" + may)).close();
    }

    private static boolean refusedPublisher(String more) {
        try {
            RtmpPublisher.open(publish(more)).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private static URI publish(String more) {
        return configured.server().rtmp("live", "mine?key=" + SluiceServer.PUBLISH_KEY + more);
    }

    @Order(3)
    @Test
    void nobodyWithoutATokenGetsInWhileTheServerStarts() throws Exception {
        configured.server().stop();
        AtomicBoolean up = new AtomicBoolean();
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        CompletableFuture<Void> knocking = CompletableFuture.runAsync(() -> {
            while (!up.get() || statuses.getOrDefault(401, 0) < 10) {
                try {
                    statuses.merge(configured.server().get("/hls/demo/index.m3u8").statusCode(), 1, Integer::sum);
                } catch (IOException e) {
                    Thread.onSpinWait(); // no port yet
                }
            }
        });
        configured.server().start();
        up.set(true);
        knocking.get(40, TimeUnit.SECONDS);
        System.out.println("answers to who knocks without a token while the server starts: " + statuses);
        assertFalse(statuses.containsKey(200), statuses.toString());
    }

    @Order(4)
    @Test
    void noTokenIsInTheLog() throws Exception {
        String log = configured.log();
        assertTrue(log.contains("not signed by a key"), "the refusals are there");
        assertFalse(log.contains(Jwt.encode("{\"alg\"").substring(0, 8)), "all of these tokens begin so");
    }
}
