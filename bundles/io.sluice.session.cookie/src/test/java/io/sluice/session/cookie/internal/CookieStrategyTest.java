package io.sluice.session.cookie.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Identity;
import io.sluice.api.stream.Denied;
import io.sluice.testkit.Configured;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CookieStrategyTest {
    private static final List<String> FIELDS = List.of("stream", "address", "token");
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(5);
    private final AtomicLong connections = new AtomicLong();

    private CookieStrategy strategy(Map<String, ?> config) {
        return new CookieStrategy(Configured.as(CookieConfig.class, config), clock::get);
    }

    private ConnectionFacts facts(String protocol, String url, Map<String, String> parameters, String cookie) {
        return facts(ConnectionKind.VIEWER, protocol, url, "player/1", parameters, cookie);
    }

    private ConnectionFacts facts(ConnectionKind kind, String protocol, String url, String agent, Map<String, String> parameters, String cookie) {
        Map<String, String> headers = cookie.isEmpty() ? Map.of() : Map.of("cookie", cookie);
        return new ConnectionFacts(kind, "live", InetAddress.getLoopbackAddress(), protocol, connections.incrementAndGet(), url, agent, parameters, headers);
    }

    private ConnectionFacts hls(Map<String, String> parameters, String cookie) {
        return facts("hls", "http://host/hls/live/index.m3u8", parameters, cookie);
    }

    private static Identity identify(CookieStrategy strategy, ConnectionFacts facts) {
        return strategy.identify(facts, FIELDS);
    }

    @Test
    void aTokenComesFromTheCookie() {
        Identity identity = identify(strategy(Map.of()), hls(Map.of(), "a=b; tkn=mine; c=d"));
        assertEquals("mine", identity.token());
        assertEquals(List.of("live", "127.0.0.1", "mine"), identity.key());
    }

    @Test
    void parametersCountInOrderAndBeforeTheCookie() {
        CookieStrategy strategy = strategy(Map.of());
        assertEquals("1", identify(strategy, hls(Map.of("sessId", "3", "sid", "2", "tkn", "1"), "tkn=cookie")).token());
        assertEquals("2", identify(strategy, hls(Map.of("sessId", "3", "sid", "2"), "tkn=cookie")).token());
        assertEquals("3", identify(strategy, hls(Map.of("sessId", "3"), "tkn=cookie")).token());
        assertEquals("cookie", identify(strategy, hls(Map.of("other", "3"), "tkn=cookie")).token());
    }

    @Test
    void aTokenIsWrittenToUrlsAndTheCookie() {
        Identity identity = identify(strategy(Map.of()), hls(Map.of("sid", "mine"), ""));
        assertEquals(Map.of("tkn", "mine"), identity.parameters());
        assertEquals(List.of("tkn=mine; Max-Age=600; Path=/; HttpOnly; SameSite=Lax"), identity.cookies());
    }

    @Test
    void overTlsTheCookieIsForTlsOnly() {
        Identity identity = identify(strategy(Map.of()), facts("hls", "https://host/hls/live/index.m3u8", Map.of(), ""));
        assertTrue(identity.cookies().get(0).endsWith("; Secure"), identity.cookies().toString());
    }

    @Test
    void whoHasNoneIsGivenOneThatNobodyGuesses() {
        Set<String> seen = new HashSet<>();
        CookieStrategy strategy = strategy(Map.of("offerAgainSeconds", 0));
        for (int i = 0; i < 1000; i++) {
            String token = identify(strategy, hls(Map.of(), "")).token();
            assertTrue(token.matches("[0-9a-f]{32}"), token);
            assertTrue(seen.add(token));
        }
    }

    @Test
    void theFirstRequestAndThoseThatCarryItsTokenAreOneSession() {
        CookieStrategy strategy = strategy(Map.of());
        Identity first = identify(strategy, hls(Map.of(), ""));
        assertEquals(first.key(), identify(strategy, hls(first.parameters(), "")).key());
        assertEquals(first.key(), identify(strategy, hls(Map.of(), first.cookies().get(0).split(";")[0])).key());
    }

    @Test
    void aClientThatKeepsNothingIsOneSession() {
        CookieStrategy strategy = strategy(Map.of("writeUrl", false));
        Identity first = identify(strategy, hls(Map.of(), ""));
        for (int i = 0; i < 10; i++) {
            clock.addAndGet(14 * SECOND);
            assertEquals(first.key(), identify(strategy, hls(Map.of(), "")).key());
        }
        clock.addAndGet(15 * SECOND);
        assertNotEquals(first.key(), identify(strategy, hls(Map.of(), "")).key());
    }

    @Test
    void aClientThatPollsItsFirstAddressWhileSegmentsCarryTheTokenIsOneSession() {
        CookieStrategy strategy = strategy(Map.of());
        Identity first = identify(strategy, hls(Map.of(), ""));
        identify(strategy, hls(first.parameters(), ""));
        assertEquals(first.key(), identify(strategy, hls(Map.of(), "")).key());
    }

    @Test
    void aSecondBrowserBehindTheSameAddressIsASecondSession() {
        CookieStrategy strategy = strategy(Map.of());
        Identity first = identify(strategy, hls(Map.of(), ""));
        identify(strategy, hls(first.parameters(), "tkn=" + first.token()));
        assertNotEquals(first.key(), identify(strategy, hls(Map.of(), "")).key());
    }

    @Test
    void anotherUserAgentIsAnotherSession() {
        CookieStrategy strategy = strategy(Map.of());
        Identity first = identify(strategy, hls(Map.of(), ""));
        assertNotEquals(first.key(), identify(strategy, facts(ConnectionKind.VIEWER, "hls", "http://host/", "player/2", Map.of(), "")).key());
    }

    @Test
    void withAllOffNoTokenIsHonouredOrGiven() {
        CookieStrategy strategy = strategy(Map.of("readUrl", false, "readCookie", false, "writeUrl", false, "writeCookie", false));
        Identity identity = identify(strategy, hls(Map.of("tkn", "a"), "tkn=b"));
        assertEquals(Identity.of(List.of("live", "127.0.0.1", ""), ""), identity);
    }

    @Test
    void eachWayIsItsOwnSwitch() {
        assertEquals("b", identify(strategy(Map.of("readUrl", false)), hls(Map.of("tkn", "a"), "tkn=b")).token());
        assertEquals("a", identify(strategy(Map.of("readCookie", false)), hls(Map.of("tkn", "a"), "tkn=b")).token());
        assertEquals(Map.of(), identify(strategy(Map.of("writeUrl", false)), hls(Map.of("tkn", "a"), "")).parameters());
        assertEquals(List.of(), identify(strategy(Map.of("writeCookie", false)), hls(Map.of("tkn", "a"), "")).cookies());
        assertEquals("", identify(strategy(Map.of("writeCookie", false, "writeUrl", false)), hls(Map.of(), "")).token());
    }

    @Test
    void whatIsNotHttpHasItsConnectionsNumber() {
        CookieStrategy strategy = strategy(Map.of());
        ConnectionFacts rtmp = facts("rtmp", "rtmp://host/live/live", Map.of(), "");
        assertEquals(Identity.of(List.of("live", "127.0.0.1", Long.toString(rtmp.connection())), Long.toString(rtmp.connection())), identify(strategy, rtmp));
        assertEquals("mine", identify(strategy, facts("rtmp", "rtmp://host/live/live?tkn=mine", Map.of("tkn", "mine"), "")).token());
        assertEquals(List.of(), identify(strategy, facts("rtmp", "rtmp://host/live/live?tkn=mine", Map.of("tkn", "mine"), "")).cookies());
    }

    @Test
    void whatIsNoTokenIsRefusedWithoutRepeatingIt() {
        for (String bad : List.of("x".repeat(257), "x".repeat(1 << 20), "secret\nx", "secret\0", "secret\r\nSet-Cookie: a=b", "secret\u007f")) {
            Denied denied = assertThrows(Denied.class, () -> identify(strategy(Map.of()), hls(Map.of("tkn", bad), "")));
            assertFalse(denied.getMessage().contains("secret"), denied.getMessage());
            assertTrue(denied.getMessage().length() < 200);
        }
    }

    @Test
    void aTokenIsItsTextInACookieAgain() {
        CookieStrategy strategy = strategy(Map.of());
        String odd = "a;b, \"c\"=ü+%41";
        String cookie = identify(strategy, hls(Map.of("tkn", odd), "")).cookies().get(0);
        String value = cookie.substring(0, cookie.indexOf("; Max-Age"));
        assertTrue(value.matches("tkn=[A-Za-z0-9%*._-]+"), value);
        assertEquals(odd, identify(strategy, hls(Map.of(), value)).token());
        assertEquals("100%", identify(strategy, hls(Map.of(), "tkn=100%")).token());
    }

    @Test
    void aChangeOfTheConfigurationCountsAtOnce() {
        CookieStrategy strategy = strategy(Map.of());
        strategy.modified(Configured.as(CookieConfig.class, Map.of("readUrl", false)));
        assertEquals("b", identify(strategy, hls(Map.of("tkn", "a"), "tkn=b")).token());
    }

    @Test
    void strangersCannotFillTheMemory() {
        Offers offers = new Offers(clock::get);
        for (int i = 0; i < Offers.MAX + 100; i++) {
            String token = Integer.toString(i);
            offers.offer(facts(ConnectionKind.VIEWER, "hls", "http://h/", "agent" + i, Map.of(), ""), SECOND, () -> token);
        }
        assertEquals(Offers.MAX, offers.size());
    }
}
