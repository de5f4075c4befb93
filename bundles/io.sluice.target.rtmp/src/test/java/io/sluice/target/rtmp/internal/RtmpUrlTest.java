package io.sluice.target.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtmpUrlTest {
    @ParameterizedTest
    @CsvSource({
        "rtmp://host/live/name, rtmp://host/live, name, '', 1935",
        "RTMPS://host/live/name, rtmps://host/live, name, '', 443",
        "rtmp://host:2000/live/a/b+c?k=v/w, rtmp://host:2000/live, a/b+c, ?k=v/w, 2000",
        "rtmp://[::1]:1936/live/n, rtmp://[::1]:1936/live, n, '', 1936",
        "rtmp://jo:p%40ss@host/live/n?x, rtmp://host/live, n, ?x, 1935"})
    void aTargetIsTakenApart(String target, String tcUrl, String name, String query, int port) {
        RtmpUrl url = RtmpUrl.parse(target, 1);
        assertEquals(tcUrl + " " + name + " " + query + " " + port, url.tcUrl() + " " + url.name() + " " + url.query() + " " + url.portNumber());
    }

    @Test
    void theApplicationMayHaveMoreParts() {
        assertEquals("rtmp://host/a/b", RtmpUrl.parse("rtmp://host/a/b/c/d", 2).tcUrl());
        assertEquals("d", RtmpUrl.parse("rtmp://host/a/b/c/d", Options.ALL_BUT_LAST).name());
        assertEquals("b", RtmpUrl.parse("rtmp://host/a/b", 5).name());
    }

    @Test
    void userAndPasswordAreDecodedAndNeverShown() {
        RtmpUrl url = RtmpUrl.parse("rtmp://jo:p%40s+s@host/live/averylongstreamkey?t=1", 1);
        assertEquals("jo p@s+s", url.user() + " " + url.password());
        assertEquals("rtmp://host/live/aver…?…", url.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtmp://host", "rtmp://host/", "rtmp://host/live", "rtmp://host/live/", "rtmp:///live/x", "rtmp://host:0/live/x", "rtmp://host:99999/live/x", "rtmp://host:x/live/y",
        "http://host/live/x"})
    void whatIsNoneIsRefused(String target) {
        String problem = new RtmpTarget(null).problem(new PushAddress("rtmp", target, Map.of()));
        assertFalse(problem.isEmpty());
    }

    @Test
    void aValueStaysInItsPart() {
        RtmpUrl template = RtmpUrl.parse("rtmp://$host:$port/live/$name?k=$name", 1);
        RtmpUrl url = template.expand((part, more) -> part.replace("$host", "h.example").replace("$port", "1936").replace("$name", "clip+1"));
        assertEquals("rtmp://h.example:1936/live clip+1 ?k=clip+1", url.tcUrl() + " " + url.name() + " " + url.query());
        for (String evil : new String[] {"x/y", "x@y", "x?y", "x y", "x\ny", ""}) {
            assertThrows(IllegalArgumentException.class, () -> template.expand((part, more) -> part.replace("$host", evil).replace("$port", "1").replace("$name", "n")), evil);
        }
        assertThrows(IllegalArgumentException.class, () -> template.expand((part, more) -> part.replace("$host", "h").replace("$port", "1").replace("$name", "n?x")));
    }

    @Test
    void parametersAreJudgedByName() {
        assertEquals(10_000, Options.of(Map.of()).timeoutMillis());
        assertEquals(1500, Options.of(Map.of("timeout", "1.5")).timeoutMillis());
        assertEquals(1500, Options.of(Map.of("timeout", "1500ms")).timeoutMillis());
        assertTrue(Options.of(Map.of("audio", "Silence")).silence());
        for (Map<String, String> wrong : java.util.List.of(Map.of("timeout", "soon"), Map.of("timeout", "0"), Map.of("audio", "x.aac"), Map.of("appsegments", "0"), Map.of("tls", "1"))) {
            String name = wrong.keySet().iterator().next();
            assertTrue(assertThrows(IllegalArgumentException.class, () -> Options.of(wrong)).getMessage().contains(name), name);
        }
    }

    @Test
    void whatAReceiverRepeatsIsShownWithoutSecrets() {
        RtmpUrl url = RtmpUrl.parse("rtmp://joe:s3cret@host/live/abcd-efgh-ijkl-mnop?token=t0ken", 1);
        assertEquals("abcd… is taken; …; joe sent … with …", url.hideIn("abcd-efgh-ijkl-mnop is taken; ?token=t0ken; joe sent s3cret with t0ken"));
        assertEquals("cam is taken", RtmpUrl.parse("rtmp://host/live/cam", 1).hideIn("cam is taken"));
    }
}
