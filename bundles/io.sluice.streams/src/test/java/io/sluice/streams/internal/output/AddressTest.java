package io.sluice.streams.internal.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    private static PushAddress of(String target) {
        return Address.of(target, Set.of("latency"));
    }

    @Test
    void pathsHaveParametersBehindTheLastQuestionMark() {
        assertEquals(new PushAddress("file", "/srv/a b.mkv", Map.of("split", "10", "append", "", "m3u8", "../$stream+x.m3u8")), of(" /srv/a b.mkv?split=10&append&m3u8=../$stream+x%2Em3u8"));
        assertEquals(new PushAddress("file", "what?/x.ts", Map.of("unknown", "1")), of("what?/x.ts?unknown=1"));
        assertEquals(new PushAddress("file", "$stream/x.ts", Map.of()), of("$stream/x.ts"));
        assertEquals(new PushAddress("file", "x.ts", Map.of("a", "1%")), of("x.ts?a=1%&a=2"));
    }

    @Test
    void aQueryOfTheTargetsOwnStaysItsOwn() {
        assertEquals(new PushAddress("rtmp", "RTMP://u:p@host/app/name?token=x&y=1", Map.of()), of("RTMP://u:p@host/app/name?token=x&y=1"));
        assertEquals(new PushAddress("rtmp", "rtmp://host/app/name?token=x", Map.of("recStop", "10")), of("rtmp://host/app/name?token=x?recStop=10"));
        assertEquals(new PushAddress("rtmp", "rtmp://host/app/name?start=x", Map.of()), of("rtmp://host/app/name?start=x?"));
        assertEquals(new PushAddress("srt", "srt://host:1", Map.of("latency", "20")), of("srt://host:1?latency=20"));
        assertEquals(new PushAddress("tsudp", "tsudp://host:1", Map.of("pkts", "7")), of("tsudp://host:1?pkts=7"));
    }

    @Test
    void whatIsNoTargetIsRefused() {
        for (String target : List.of("", "  ", "/srv/\nx.ts", "/srv/" + "x".repeat(5000), "/x?" + String.join("&", IntStream.range(0, 65).mapToObj(i -> "p" + i).toList()))) {
            assertThrows(IllegalArgumentException.class, () -> of(target));
        }
    }

    @Test
    void aVariableMayBeTheWholeTarget() {
        assertTrue(List.of("$where", "${where}", "${where:-/srv/x.ts}", "$where?split=10").stream().allMatch(Address::isVariable));
        assertTrue(List.of("$stream/x.ts", "/srv/$x", "$a$b", "rtmp://$host/x").stream().noneMatch(Address::isVariable));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        rtmp://user:pass@host/app/name,rtmp://host/app/name
        rtmp://a:b@c@host/app/name,rtmp://host/app/name
        rtmps://host/live2/abcd-efgh-ijkl-mnop,rtmps://host/live2/abcd…
        rtmp://host/app/name?token=secret&x=1?recstop=5,rtmp://host/app/name?token=…&x=…?recstop=…
        rtmp://host/app/$stream-is-long-enough,rtmp://host/app/$stream-is-long-enough
        srt://host:1?passphrase=secret,srt://host:1?passphrase=…
        /srv/x.ts?split=10,/srv/x.ts?split=10
        ts-exec:curl -u me:secret http://host/x?token=1,ts-exec:curl …
        /srv/my films/x.ts,/srv/my films/x.ts
        """)
    void noSecretIsShown(String target, String shown) {
        assertEquals(shown, Shown.of(target));
    }
}
