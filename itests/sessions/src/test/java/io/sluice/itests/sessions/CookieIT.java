package io.sluice.itests.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Tokens in URLs and cookies: SES-08 to SES-12. Each test is its own user agent; what became of its requests stands in the history. */
@Tag("once")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CookieIT {
    private static final String COOKIE = "io.sluice.session.cookie";
    private static Configured configured;

    @BeforeAll
    static void start() throws IOException {
        configured = new Configured(CookieIT.class);
        configured.strategy("cookie", "\"stream\", \"address\", \"token\"");
    }

    @AfterAll
    static void stop() throws IOException {
        configured.close();
    }

    private static URI master(String query) {
        return configured.server().http("/hls/demo/index.m3u8" + query);
    }

    /** From another address, so it is in nobody's session, and each time somebody else, as the engine believes for a while what a strategy said of a visitor. */
    private static Curl waiting() throws IOException {
        return Curl.get(master(""), "-A", "waiting" + System.nanoTime(), "--interface", "127.0.0.2");
    }

    private static String tokenOf(Curl answer) {
        return answer.entry().replaceFirst(".*[?&]tkn=", "");
    }

    @Order(1)
    @Test
    void ses08TheTokenIsReadFromTheCookie() throws IOException {
        Curl.get(master(""), "-A", "ses08", "-H", "Cookie: a=b; tkn=tokenses08");
        Curl.get(master(""), "-A", "ses08", "-H", "Cookie: tkn=tokenses08");
        List<String> rows = configured.awaitEnded("ses08", 1);
        assertEquals(1, rows.size(), rows.toString());
        assertTrue(rows.get(0).contains("\"cookie\",\"token…\""), rows.toString());
    }

    @Order(1)
    @Test
    void ses09EachParameterCountsAndTheUrlBeatsTheCookie() throws IOException {
        for (String name : List.of("tkn", "sid", "sessId")) {
            assertEquals("0/index.m3u8?tkn=by-" + name, Curl.get(master("?" + name + "=by-" + name), "-A", "ses09", "-H", "Cookie: tkn=other").entry());
        }
        assertEquals("0/index.m3u8?tkn=1", Curl.get(master("?sessId=3&sid=2&tkn=1"), "-A", "ses09").entry());
    }

    @Order(1)
    @Test
    void ses10TheTokenIsWrittenToTheCookie() throws IOException {
        assertEquals("tkn=mine; Max-Age=600; Path=/; HttpOnly; SameSite=Lax", Curl.get(master("?tkn=mine"), "-A", "ses10").header("set-cookie"));
        assertTrue(Curl.get(master(""), "-A", "ses10").header("set-cookie").matches("tkn=[0-9a-f]{32}; Max-Age=600; Path=/; HttpOnly; SameSite=Lax"));
    }

    @Order(1)
    @Test
    void ses11TheTokenIsWrittenToEachAddressAndAllItsRequestsAreOneSession() throws IOException {
        Curl first = Curl.get(master(""), "-A", "ses11");
        String token = tokenOf(first);
        assertTrue(token.matches("[0-9a-f]{32}"), first.body());
        URI variant = master("").resolve(first.entry());
        Curl media = Curl.get(variant, "-A", "ses11");
        assertEquals(token, tokenOf(media), media.body());
        assertEquals(200, Curl.get(variant.resolve(media.entry()), "-A", "ses11", "-o", "/dev/null", "-D", "-").status());
        // a player that keeps nothing asks for its first address again
        Curl.get(master(""), "-A", "ses11");
        List<String> rows = configured.awaitEnded("ses11", 1);
        assertEquals(1, rows.size(), rows.toString());
    }

    @Order(1)
    @Test
    void tokensThatAreNoneAreRefusedWithTheReasonAndNotRepeated() throws IOException {
        for (String bad : List.of("x".repeat(300), "secret%0Aline", "secret%00", "secret%0d%0aSet-Cookie:a=b")) {
            Curl refusal = Curl.get(master("?tkn=" + bad), "-A", "bad");
            assertEquals(403, refusal.status(), refusal.body());
            assertFalse(refusal.body().isBlank() || refusal.body().contains("secret") || refusal.head().contains("Set-Cookie:a"), refusal.head() + refusal.body());
        }
        assertTrue(Curl.get(master("?tkn=" + "x".repeat(1900)), "-A", "bad").status() == 403);
        assertEquals(431, Curl.get(master("?tkn=" + "x".repeat(3000)), "-A", "bad").status());
    }

    @Order(2)
    @Test
    void ses12WithAllFourOffThereIsNoToken() throws IOException {
        configured.configure(COOKIE, "{\"readUrl\": false, \"readCookie\": false, \"writeUrl\": false, \"writeCookie\": false}",
            () -> waiting().header("set-cookie").isEmpty());
        for (String token : List.of("one", "two")) {
            Curl answer = Curl.get(master("?tkn=" + token), "-A", "ses12", "-H", "Cookie: tkn=" + token);
            assertEquals("", answer.header("set-cookie"));
            assertEquals("0/index.m3u8", answer.entry());
        }
        List<String> rows = configured.awaitEnded("ses12", 1);
        assertEquals(1, rows.size(), rows.toString());
        assertTrue(rows.get(0).contains("\"cookie\",\"\""), rows.toString());
    }

    @Order(3)
    @Test
    void aClientThatIgnoresCookiesIsOneSessionAndAnotherKindAnother() throws IOException {
        configured.configure(COOKIE, "{\"writeUrl\": false}", () -> !waiting().header("set-cookie").isEmpty());
        for (int i = 0; i < 3; i++) {
            assertEquals("0/index.m3u8", Curl.get(master(""), "-A", "keeps-nothing").entry());
        }
        String other = Curl.get(master(""), "-A", "another").header("set-cookie");
        assertNotEquals(Curl.get(master(""), "-A", "keeps-nothing").header("set-cookie"), other);
        List<String> rows = configured.awaitEnded("keeps-nothing", 1);
        assertEquals(1, rows.size(), rows.toString());
    }
}
