package io.sluice.admin.console.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

class ConsoleSecurityTest {
    private final AtomicLong clock = new AtomicLong();

    private record Configured(String user, String passwordHash, String password) implements ConsoleConfig {
        @Override
        public Class<? extends Annotation> annotationType() {
            return ConsoleConfig.class;
        }
    }

    /** As the launcher writes it, with fewer iterations so that the test is quick. */
    private static String hash(String password) {
        try {
            byte[] salt = "0123456789abcdef".getBytes();
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1000, 512)).getEncoded();
            return "pbkdf2-sha512:1000:" + Base64.getEncoder().encodeToString(salt) + ":" + Base64.getEncoder().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ConsoleSecurity security(String passwordHash, String password) {
        return new ConsoleSecurity(new Configured("admin", passwordHash, password), clock::get);
    }

    private static boolean enters(ConsoleSecurity security, String user, String password) {
        return security.authenticate(new FakeExchange().basic(user, password).request(), new FakeExchange().response()) != null;
    }

    @Test
    void theHashedPasswordOpens() {
        ConsoleSecurity security = security(hash("sesame"), "");
        assertTrue(enters(security, "admin", "sesame"));
        assertTrue(enters(security, "admin", "sesame"));
        assertFalse(enters(security, "admin", "Sesame"));
        assertFalse(enters(security, "root", "sesame"));
        assertTrue(security.authorize("admin", "any"));
    }

    @Test
    void aClearPasswordCountsInsteadOfTheHash() {
        ConsoleSecurity security = security(hash("sesame"), "clear");
        assertTrue(enters(security, "admin", "clear"));
        assertFalse(enters(security, "admin", "sesame"));
    }

    @Test
    void withoutAnyPasswordNobodyGetsIn() {
        for (String hash : new String[] {"", "pbkdf2-sha512:1:AAAA:AAAA", "{sha-256}abc", "pbkdf2-sha512:x:y:z"}) {
            ConsoleSecurity security = security(hash, "");
            assertFalse(enters(security, "admin", ""), hash);
            assertFalse(enters(security, "admin", "admin"), hash);
        }
    }

    @Test
    void anUnfilledReferenceIsNoPassword() {
        String reference = "$[env:SLUICE_ADMIN_PASSWORD;default=]";
        assertFalse(enters(security("", reference), "admin", reference));
        assertTrue(enters(security(hash("sesame"), reference), "admin", "sesame"));
    }

    @Test
    void aRequestWithoutCredentialsIsAskedForThem() {
        FakeExchange exchange = new FakeExchange();
        assertNull(security(hash("sesame"), "").authenticate(exchange.request(), exchange.response()));
        assertEquals(401, exchange.status);
        assertTrue(exchange.responseHeaders.get("WWW-Authenticate").startsWith("Basic realm="));
    }

    @Test
    void garbageInTheHeaderIsNoLogin() {
        for (String header : new String[] {"Basic", "Basic !!!", "Basic YWRtaW4=", "Bearer x", "Basic " + "A".repeat(5000)}) {
            FakeExchange exchange = new FakeExchange();
            exchange.requestHeaders.put("Authorization", header);
            assertNull(security(hash("sesame"), "").authenticate(exchange.request(), exchange.response()), header);
            assertEquals(401, exchange.status, header);
        }
    }

    @Test
    void aChangedPasswordEndsTheOldOne() {
        ConsoleSecurity security = security(hash("sesame"), "");
        assertTrue(enters(security, "admin", "sesame"));
        security.modified(new Configured("admin", hash("other"), ""));
        assertFalse(enters(security, "admin", "sesame"));
        assertTrue(enters(security, "admin", "other"));
    }

    @Test
    void aGuesserMustWaitEvenWithTheRightPassword() {
        ConsoleSecurity security = security("", "sesame");
        for (int i = 0; i < Throttle.FREE_FAILURES; i++) {
            assertFalse(enters(security, "admin", "guess" + i));
        }
        FakeExchange early = new FakeExchange().basic("admin", "sesame");
        assertNull(security.authenticate(early.request(), early.response()));
        assertEquals(429, early.status);
        assertEquals("1", early.responseHeaders.get("Retry-After"));
        clock.addAndGet(1_000_000_000L);
        assertTrue(enters(security, "admin", "sesame"));
    }

    @Test
    void aPageOfAnotherServerCannotPost() {
        ConsoleSecurity security = security("", "sesame");
        FakeExchange evil = new FakeExchange().post().from("http://evil.example").basic("admin", "sesame");
        assertNull(security.authenticate(evil.request(), evil.response()));
        assertEquals(403, evil.status);
        FakeExchange own = new FakeExchange().post().from("http://localhost:4242").basic("admin", "sesame");
        assertEquals("admin", security.authenticate(own.request(), own.response()));
        FakeExchange script = new FakeExchange().post().basic("admin", "sesame");
        assertEquals("admin", security.authenticate(script.request(), script.response()));
        FakeExchange sameSite = new FakeExchange().post().basic("admin", "sesame");
        sameSite.requestHeaders.put("Sec-Fetch-Site", "same-site");
        assertNull(security.authenticate(sameSite.request(), sameSite.response()));
    }
}
