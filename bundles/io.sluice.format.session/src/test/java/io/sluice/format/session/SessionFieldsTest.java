package io.sluice.format.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionFieldsTest {
    private static final InetAddress HOME = InetAddress.getLoopbackAddress();
    private static final ConnectionFacts HLS = new ConnectionFacts(ConnectionKind.VIEWER, "live", HOME, "hls", 7, "http://x/hls/live/index.m3u8?sid=b&q=1", "VLC/3",
        Map.of("sid", "b", "sessId", "c", "q", "1"), Map.of("cookie", "a=1; tkn=\"x y\";empty=; last=z", "x-device", "tv"));
    private static final ConnectionFacts RTMP = new ConnectionFacts(ConnectionKind.VIEWER, "live", HOME, "rtmp", 9, "rtmp://x/live/live", "LNX", Map.of(), Map.of());

    @Test
    void everyFieldHasItsValueInTheOrderOfTheNames() {
        List<String> names = List.of("userAgent", "stream", "address", "token", "protocol", "header:X-Device", "cookie:tkn", "query:q", "claim:sub");
        assertEquals(List.of("VLC/3", "live", "127.0.0.1", "T", "hls", "tv", "x y", "1", "me"), SessionFields.of(names).key(HLS, "T", Map.of("sub", "me")::get));
    }

    @Test
    void whatIsMissingIsEmpty() {
        assertEquals(List.of("", "", "", ""), SessionFields.of(List.of("header:a", "cookie:b", "query:c", "claim:d")).key(RTMP, "", c -> null));
    }

    @Test
    void unknownNamesAreListedAndLeftOut() {
        SessionFields fields = SessionFields.of(List.of("stream", "adress", "header:", "colour:red", "stream"));
        assertEquals(List.of("adress", "header:", "colour:red"), fields.unknown());
        assertEquals(List.of("live"), fields.key(HLS, ""));
    }

    @Test
    void headersAreNamedInLowerCase() {
        assertEquals(Set.of("x-device", "from"), SessionFields.of(List.of("header:X-Device", "header:From", "cookie:a")).headers());
    }

    @Test
    void theFirstTokenNameCounts() {
        assertEquals("b", SessionToken.ofUrl(HLS));
        assertEquals("", SessionToken.ofUrl(RTMP));
    }

    @Test
    void aConnectionStandsForTheTokenExceptOverHttp() {
        assertEquals("", SessionToken.substitute(HLS));
        assertEquals("9", SessionToken.substitute(RTMP));
        ConnectionFacts pulled = new ConnectionFacts(ConnectionKind.INPUT, "live", HOME, "http", 3, "http://elsewhere/a.ts", "", Map.of(), Map.of());
        assertEquals("3", SessionToken.substitute(pulled));
    }

    @Test
    void cookiesAreReadByName() {
        assertEquals("1", Cookies.value(HLS, "a"));
        assertEquals("z", Cookies.value(HLS, "last"));
        assertEquals("", Cookies.value(HLS, "empty"));
        assertEquals("", Cookies.value(HLS, "ast"));
        assertEquals("", Cookies.value(RTMP, "a"));
    }
}
