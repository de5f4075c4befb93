package io.sluice.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PROXY protocol on real sockets; bytes as in the specification's sections 2.1 and 2.2. */
class ProxyProtocolTest {
    private static final String REQUEST = "GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String V2 = "0d0a0d0a000d0a515549540a";

    @TempDir
    Path data;
    private Rig rig;

    private int start(boolean tls, String... trusted) {
        rig = new Rig(data, SslProvider.JDK, new TrustedProxies(List.of(trusted), List.of("X-Forwarded-For")));
        rig.route("who", e -> e.answer(200, Map.of(), Unpooled.copiedBuffer(e.connection().remote().getAddress().getHostAddress() + " " + e.remote().getHostAddress(),
            StandardCharsets.US_ASCII)), "/who");
        return rig.listen(new Offer("proxied", tls, true, List.of("http")), 0).port();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(byte[] header, String request) {
        byte[] rest = ascii(request);
        byte[] both = Arrays.copyOf(header, header.length + rest.length);
        System.arraycopy(rest, 0, both, header.length, rest.length);
        return both;
    }

    /** The answer's body, or "" where the connection was closed without one. */
    private static String ask(int port, byte[] sent) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(sent);
            return body(socket.getInputStream());
        }
    }

    private static String body(InputStream in) throws Exception {
        String all;
        try {
            all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
        return all.isEmpty() ? "" : all.substring(all.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void theClientIsWhomATrustedProxyNames() throws Exception {
        int port = start(false, "127.0.0.0/8");
        assertEquals("203.0.113.7 203.0.113.7", ask(port, bytes(ascii("PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\n"), REQUEST)));
        assertEquals("2001:db8:0:0:0:0:0:7 2001:db8:0:0:0:0:0:7", ask(port, bytes(ascii("PROXY TCP6 2001:db8::7 2001:db8::1 4711 443\r\n"), REQUEST)));
        assertEquals("203.0.113.7 203.0.113.7", ask(port, bytes(HexFormat.of().parseHex(V2 + "2111000ccb007107c6336401126701bb"), REQUEST)));
        assertEquals("127.0.0.1 127.0.0.1", ask(port, bytes(HexFormat.of().parseHex(V2 + "20000000"), REQUEST)), "LOCAL: the proxy itself");
        assertEquals("127.0.0.1 127.0.0.1", ask(port, bytes(ascii("PROXY UNKNOWN\r\n"), REQUEST)));
        assertEquals("203.0.113.7 203.0.113.7", ask(port, bytes(ascii("PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\n"), REQUEST.replace("Host", "X-Forwarded-For: 6.6.6.6\r\nHost"))),
            "the client is no proxy");
    }

    @Test
    void whoIsNotTrustedAndWhoSaysNothingOfTheKindIsShownOut() throws Exception {
        int port = start(false, "10.0.0.0/8");
        assertEquals("", ask(port, bytes(ascii("PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\n"), REQUEST)));
        rig.close();
        port = start(false, "127.0.0.1");
        assertEquals("", ask(port, ascii(REQUEST)));
        assertEquals("", ask(port, bytes(ascii("PROXY TCP4 evil 198.51.100.1 4711 443\r\n"), REQUEST)));
        assertEquals("", ask(port, bytes(ascii("PROXY TCP4 203.0.113.7 198.51.100.1 99999 443\r\n"), REQUEST)));
    }

    @Test
    void limitsOfOneAddressAreTheClients() throws Exception {
        int port = start(false, "127.0.0.1");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(ascii("PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\nGET "));
            Rig.until("the connection is known", () -> rig.net.list().size() == 1);
            assertTrue(rig.net.list().get(0).remote().startsWith("203.0.113.7:4711"));
        }
    }

    @Test
    void tlsComesAfterTheHeader() throws Exception {
        int port = start(true, "127.0.0.1");
        Rig.until("TLS is ready", rig::tlsReady);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Anybody()}, null);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write(ascii("PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\n"));
            try (Socket socket = trusting.getSocketFactory().createSocket(plain, "localhost", port, true)) {
                OutputStream out = socket.getOutputStream();
                out.write(ascii(REQUEST));
                assertEquals("203.0.113.7 203.0.113.7", body(socket.getInputStream()));
            }
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // nobody asks
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // it is our own
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
