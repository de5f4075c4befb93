package io.sluice.net.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sluice.net.internal.TrustedProxies;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private static final TrustedProxies PROXIES = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.1", "nonsense", "10.0.0.0/99", ""), List.of("X-Forwarded-For", "x-real-ip"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # peer       | X-Forwarded-For                  | X-Real-IP   | client
        10.0.0.1     | 203.0.113.7                      | -           | 203.0.113.7
        10.0.0.1     | -                                | 203.0.113.7 | 203.0.113.7
        192.0.2.1    | 203.0.113.7                      | -           | 203.0.113.7
        10.0.0.1     | 203.0.113.7, 10.2.3.4            | -           | 203.0.113.7
        10.0.0.1     | 6.6.6.6, 203.0.113.7, 10.2.3.4   | -           | 203.0.113.7
        10.0.0.1     | 10.9.9.9, 10.2.3.4               | -           | 10.9.9.9
        10.0.0.1     | 203.0.113.7                      | 6.6.6.6     | 203.0.113.7
        10.0.0.1     | 203.0.113.7:4711                 | -           | 203.0.113.7
        10.0.0.1     | [2001:db8::7]:4711               | -           | 2001:db8:0:0:0:0:0:7
        10.0.0.1     | 2001:db8::7                      | -           | 2001:db8:0:0:0:0:0:7
        10.0.0.1     | ::ffff:203.0.113.7               | -           | 203.0.113.7
        fd00::1      | 203.0.113.7                      | -           | 203.0.113.7
        10.0.0.1     | 203.0.113.7, unknown             | -           | 10.0.0.1
        10.0.0.1     | localhost                        | -           | 10.0.0.1
        10.0.0.1     | 203.0.113.7,                     | -           | 10.0.0.1
        10.0.0.1     | -                                | evil        | 10.0.0.1
        10.0.0.1     | -                                | -           | 10.0.0.1
        198.51.100.9 | 203.0.113.7                      | 203.0.113.7 | 198.51.100.9
        192.0.2.2    | 203.0.113.7                      | -           | 192.0.2.2
        """)
    void whoAsks(String peer, String forwarded, String real, String client) throws Exception {
        HttpHeaders headers = new DefaultHttpHeaders();
        if (forwarded != null) {
            headers.add("x-forwarded-for", forwarded);
        }
        if (real != null) {
            headers.add("X-Real-Ip", real);
        }
        assertEquals(client, ClientAddress.of(InetAddress.getByName(peer), headers, PROXIES).getHostAddress());
    }

    @Test
    void severalHeadersAreOneList() throws Exception {
        HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", "6.6.6.6").add("X-Forwarded-For", "203.0.113.7").add("X-Forwarded-For", "10.1.1.1");
        assertEquals("203.0.113.7", ClientAddress.of(InetAddress.getByName("10.0.0.1"), headers, PROXIES).getHostAddress());
    }

    @Test
    void aHeaderThatIsNotNamedIsNotBelieved() throws Exception {
        HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", "203.0.113.7");
        TrustedProxies realOnly = new TrustedProxies(List.of("10.0.0.0/8"), List.of("X-Real-IP"));
        assertEquals("10.0.0.1", ClientAddress.of(InetAddress.getByName("10.0.0.1"), headers, realOnly).getHostAddress());
    }
}
