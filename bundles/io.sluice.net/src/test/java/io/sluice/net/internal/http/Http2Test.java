package io.sluice.net.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslProvider;
import io.sluice.api.net.HttpBody;
import io.sluice.api.net.HttpExchange;
import io.sluice.net.internal.Rig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Http2Test {
    @TempDir
    Path data;

    private static final int BIG = 3_000_000;

    private Rig rig(SslProvider provider) {
        Rig rig = new Rig(data, provider);
        rig.route("echo", e -> answer(e, e.method() + " " + e.origin() + e.path() + " " + e.connection().secure()), "/echo/**");
        rig.route("body", e -> e.body(100_000, in -> answer(e, "got " + in.readableBytes())), "/body");
        rig.route("stream", Http2Test::stream, "/stream");
        return rig;
    }

    private static void answer(HttpExchange e, String text) {
        e.answer(200, Map.of("content-type", "text/plain"), Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    /** More than a window and the water marks hold: it goes on as the peer takes it. */
    private static void stream(HttpExchange e) {
        HttpBody body = e.stream(200, Map.of());
        int[] sent = new int[1];
        Runnable more = () -> {
            while (sent[0] < BIG && body.writable()) {
                body.write(Unpooled.wrappedBuffer(new byte[10_000]));
                sent[0] += 10_000;
            }
            if (sent[0] >= BIG) {
                body.end();
            }
        };
        body.onWritable(more);
        more.run();
    }

    private static int ready(Rig rig) {
        int port = rig.port(true, "http");
        Rig.until("the certificate is made", rig::tlsReady);
        return port;
    }

    private static HttpClient client(HttpClient.Version version) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        return HttpClient.newBuilder().version(version).sslContext(context).build();
    }

    private static HttpRequest.Builder to(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void oneConnectionCarriesManyExchangesAtOnce(SslProvider provider) throws Exception {
        try (Rig rig = rig(provider)) {
            int port = ready(rig);
            HttpClient client = client(HttpClient.Version.HTTP_2);
            HttpResponse<String> first = client.send(to(port, "/echo/a%20b").build(), BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, first.version());
            assertEquals("GET https://localhost:" + port + "/echo/a b true", first.body());
            List<CompletableFuture<HttpResponse<String>>> many = IntStream.range(0, 90)
                .mapToObj(i -> client.sendAsync(to(port, "/echo/" + i).build(), BodyHandlers.ofString())).toList();
            for (int i = 0; i < many.size(); i++) {
                assertTrue(many.get(i).get().body().endsWith("/echo/" + i + " true"));
            }
            assertEquals(1, rig.net.list().size());
            assertEquals("h2", rig.net.list().get(0).protocol());
            assertEquals(BIG, client.send(to(port, "/stream").build(), BodyHandlers.ofByteArray()).body().length);
            assertEquals("got 100000", client.send(to(port, "/body").POST(BodyPublishers.ofByteArray(new byte[100_000])).build(), BodyHandlers.ofString()).body());
            assertEquals(413, client.send(to(port, "/body").POST(BodyPublishers.ofByteArray(new byte[300_000])).build(), BodyHandlers.ofString()).statusCode());
            HttpResponse<String> none = client.send(to(port, "/none").build(), BodyHandlers.ofString());
            assertEquals(415, none.statusCode());
            assertEquals("*", none.headers().firstValue("access-control-allow-origin").orElse(""));
            HttpResponse<String> head = client.send(to(port, "/echo/x").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
            assertEquals(200, head.statusCode());
            assertTrue(head.headers().firstValueAsLong("content-length").orElse(0) > 0);
            assertEquals(204, client.send(to(port, "/echo/x").method("OPTIONS", BodyPublishers.noBody()).build(), BodyHandlers.ofString()).statusCode());
            Rig.until("no exchange is left", () -> rig.runningExchanges() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void http1GoesOverTlsToo(SslProvider provider) throws Exception {
        try (Rig rig = rig(provider)) {
            int port = ready(rig);
            HttpResponse<byte[]> big = client(HttpClient.Version.HTTP_1_1).send(to(port, "/stream").build(), BodyHandlers.ofByteArray());
            assertEquals(HttpClient.Version.HTTP_1_1, big.version());
            assertEquals(BIG, big.body().length);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "JDK")
    void theSelfSignedCertificateIsKeptAndOnlyOursToRead(SslProvider provider) throws Exception {
        Path file = data.resolve("tls/self-signed.p12");
        try (Rig rig = rig(provider)) {
            ready(rig);
        }
        byte[] made = Files.readAllBytes(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Rig rig = rig(provider)) {
            ready(rig);
        }
        org.junit.jupiter.api.Assertions.assertArrayEquals(made, Files.readAllBytes(file));
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
