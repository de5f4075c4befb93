package io.sluice.variable.url.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.variable.VariableRequest;
import io.sluice.testkit.HttpReceiver;
import io.sluice.testkit.HttpReceiver.Answer;
import io.sluice.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses with https, against a server with a certificate of its own. */
class TrustTest {
    private static final String UNKNOWN = "the server's certificate is not from an authority that is trusted; a private one is named in 'trust'";
    @TempDir
    static Path folder;
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool();
    private static TestCertificate certificate;
    private static HttpReceiver server;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(folder);
        server = HttpReceiver.secure(certificate.context(), request -> Answer.of(200, "secret studio"));
    }

    @AfterAll
    static void stop() {
        server.close();
        WORKERS.shutdownNow();
    }

    @Test
    void aServerWhoseCertificateIsNamedIsBelieved() throws Exception {
        assertEquals("secret studio", read(certificate.pem().toString(), server.uri("/now").toString()));
    }

    @Test
    void oneThatNobodyNamedIsNot() {
        assertEquals(UNKNOWN, failure("", server.uri("/now").toString()));
    }

    @Test
    void aCertificateForAnotherNameIsNot() {
        String byAddress = server.uri("/now").toString().replace("localhost", "127.0.0.1");
        assertTrue(failure(certificate.pem().toString(), byAddress).contains("127.0.0.1"));
    }

    @Test
    void aFileThatHoldsNoCertificateMakesNobodyTrusted() throws Exception {
        assertEquals(UNKNOWN, failure(Files.writeString(folder.resolve("nonsense.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").toString(),
            server.uri("/now").toString()));
        assertEquals(UNKNOWN, failure(folder.resolve("missing.pem").toString(), server.uri("/now").toString()));
    }

    private static String read(String trust, String url) throws Exception {
        UrlSource source = new UrlSource(UrlSourceTest.config(trust, "127.0.0.1"));
        try {
            return source.read(new VariableRequest("studio", Map.of("target", url), 20_000, 64, WORKERS)).toCompletableFuture().get(30, TimeUnit.SECONDS);
        } finally {
            source.close();
        }
    }

    private static String failure(String trust, String url) {
        return assertThrows(ExecutionException.class, () -> read(trust, url)).getCause().getMessage();
    }
}
