package io.sluice.session.jwt.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Identity;
import io.sluice.api.stream.Denied;
import io.sluice.testkit.Configured;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JwtStrategyTest {
    private static final List<String> FIELDS = List.of("stream", "token");
    private static Signer signer;

    @TempDir
    Path home;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException, JOSEException {
        signer = new Signer();
    }

    @BeforeEach
    void writeKeys() throws IOException {
        Files.writeString(home.resolve("keys.json"), signer.jwkSet());
        Files.writeString(home.resolve("secret"), new String(Signer.SECRET, StandardCharsets.US_ASCII) + "\n");
    }

    private JwtStrategy strategy(Map<String, ?> config) {
        Map<String, Object> all = new HashMap<>(Map.of("keyFile", "keys.json"));
        all.putAll(config);
        return new JwtStrategy(new KeySources(home, Runnable::run, System::nanoTime), InstantSource.fixed(Signer.NOW), Configured.as(JwtConfig.class, all));
    }

    private static ConnectionFacts facts(ConnectionKind kind, String stream, Map<String, String> parameters, Map<String, String> headers) {
        return new ConnectionFacts(kind, stream, InetAddress.getLoopbackAddress(), "hls", 7, "http://h/hls/live/index.m3u8", "", parameters, headers);
    }

    private static ConnectionFacts bearer(String token) {
        return facts(ConnectionKind.VIEWER, "live", Map.of(), Map.of("authorization", "Bearer " + token));
    }

    private static String refusal(JwtStrategy strategy, ConnectionFacts facts) {
        Denied denied = assertThrows(Denied.class, () -> strategy.identify(facts, FIELDS));
        assertEquals(Denied.Reason.TOKEN, denied.reason());
        return denied.getMessage();
    }

    @Test
    void eachAlgorithmIsVerified() throws Exception {
        for (String name : List.of("RS256", "RS512", "PS256", "ES256", "EdDSA", "HS256", "HS512")) {
            JwtStrategy strategy = strategy(Map.of("secretFile", "secret", "algorithms", new String[] {name}));
            String token = signer.token(JWSAlgorithm.parse(name), c -> c);
            assertEquals("ann", strategy.identify(bearer(token), FIELDS).token(), name);
            int dot = token.lastIndexOf('.');
            char changed = token.charAt(dot + 5) == 'A' ? 'B' : 'A';
            assertEquals("the token was not signed by a key that this server trusts",
                refusal(strategy, bearer(token.substring(0, dot + 5) + changed + token.substring(dot + 6))), name);
        }
    }

    @Test
    void aTokenMayComeInTheHeaderOrAParameterAndGoesOnInAddresses() throws Exception {
        String token = signer.token(c -> c);
        assertEquals(Map.of(), strategy(Map.of()).identify(bearer(token), FIELDS).parameters());
        for (String parameter : List.of("jwt", "token", "tkn")) {
            Identity identity = strategy(Map.of()).identify(facts(ConnectionKind.VIEWER, "live", Map.of(parameter, token), Map.of()), FIELDS);
            assertEquals(Map.of(parameter, token), identity.parameters());
            assertEquals(List.of("live", "ann"), identity.key());
        }
    }

    @Test
    void anyClaimIdentifies() throws Exception {
        JwtStrategy strategy = strategy(Map.of());
        List<String> fields = List.of("claim:sub", "claim:plan", "claim:groups", "claim:level", "claim:absent");
        String token = signer.token(c -> c.claim("plan", "gold").claim("groups", List.of("a", "b")).claim("level", 3));
        assertEquals(List.of("ann", "gold", "a,b", "3", ""), strategy.identify(bearer(token), fields).key());
    }

    @Test
    void aTokenWithoutTheClaimIsKnownByItsDigest() throws Exception {
        JwtStrategy strategy = strategy(Map.of());
        String one = strategy.identify(bearer(signer.token(c -> c.subject(null))), FIELDS).token();
        assertTrue(one.matches("[A-Za-z0-9_-]{22}"), one);
        assertNotEquals(one, strategy.identify(bearer(signer.token(c -> c.subject(null).claim("x", 1))), FIELDS).token());
    }

    @Test
    void withoutATokenNobodyWatchesUnlessConfigured() {
        ConnectionFacts none = facts(ConnectionKind.VIEWER, "live", Map.of(), Map.of("authorization", "Basic dXNlcjpwYXNz"));
        assertEquals("a token is wanted: Authorization: Bearer …, or the query parameter jwt", refusal(strategy(Map.of()), none));
        assertEquals(Identity.of(List.of("live", ""), ""), strategy(Map.of("required", false)).identify(none, FIELDS));
        assertEquals("the token is not a JSON Web Token", refusal(strategy(Map.of("required", false)), bearer("nonsense")));
    }

    @Test
    void whatIsNotSignedIsRefused() {
        String plain = new PlainJWT(Signer.claims(c -> c)).serialize();
        assertEquals("the token is not signed (alg none)", refusal(strategy(Map.of()), bearer(plain)));
        assertEquals("the token is not signed (alg none)", refusal(strategy(Map.of("algorithms", new String[] {"none", "ES256"})), bearer(plain)));
    }

    @Test
    void aWrongKeyIsRefused() throws Exception {
        var stranger = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        String token = Signer.sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec-1").build(), Signer.claims(c -> c), new ECDSASigner(stranger));
        assertEquals("the token was not signed by a key that this server trusts", refusal(strategy(Map.of()), bearer(token)));
    }

    /** RFC 8725, section 2.1: the public key, which everybody has, as HMAC's secret. */
    @Test
    void aPublicKeyIsNoSecret() throws Exception {
        byte[] pem = signer.rsaPem().getBytes(StandardCharsets.US_ASCII);
        Files.write(home.resolve("keys.pem"), pem);
        JwtStrategy strategy = strategy(Map.of("keyFile", "keys.pem", "algorithms", new String[] {"RS256", "HS256"}));
        String token = Signer.sign(new JWSHeader(JWSAlgorithm.HS256), Signer.claims(c -> c), new MACSigner(pem));
        assertEquals("the token was not signed by a key that this server trusts", refusal(strategy, bearer(token)));
        assertEquals("ann", strategy.identify(bearer(signer.token(JWSAlgorithm.RS256, c -> c)), FIELDS).token());
    }

    @Test
    void anAlgorithmThatIsNotAllowedIsRefused() throws Exception {
        JwtStrategy strategy = strategy(Map.of("secretFile", "secret"));
        assertEquals("the token is signed by the algorithm HS256, which is not allowed", refusal(strategy, bearer(signer.token(JWSAlgorithm.HS256, c -> c))));
    }

    @Test
    void timesCountWithTheLeeway() throws Exception {
        JwtStrategy strategy = strategy(Map.of());
        strategy.identify(bearer(signer.token(c -> c.expirationTime(at(-29)).notBeforeTime(at(29)))), FIELDS);
        assertEquals("the token ended at 2026-03-01T11:59:30Z", refusal(strategy, bearer(signer.token(c -> c.expirationTime(at(-30))))));
        assertEquals("the token begins at 2026-03-01T12:00:31Z", refusal(strategy, bearer(signer.token(c -> c.notBeforeTime(at(31))))));
        String endless = signer.token(c -> c.expirationTime(null));
        assertEquals("the token has no end (claim exp)", refusal(strategy, bearer(endless)));
        strategy(Map.of("expiryRequired", false)).identify(bearer(endless), FIELDS);
    }

    private static Date at(int seconds) {
        return Date.from(Signer.NOW.plusSeconds(seconds));
    }

    @Test
    void issuerAndAudienceCount() throws Exception {
        JwtStrategy strategy = strategy(Map.of("issuers", new String[] {"https://id"}, "audiences", new String[] {"sluice", "tv"}));
        strategy.identify(bearer(signer.token(c -> c.issuer("https://id").audience(List.of("x", "tv")))), FIELDS);
        assertEquals("the token is not from an issuer that this server trusts (claim iss)", refusal(strategy, bearer(signer.token(c -> c.issuer("https://evil").audience("tv")))));
        assertEquals("the token is not from an issuer that this server trusts (claim iss)", refusal(strategy, bearer(signer.token(c -> c.audience("tv")))));
        assertEquals("the token is not meant for this server (claim aud)", refusal(strategy, bearer(signer.token(c -> c.issuer("https://id").audience("x")))));
    }

    @Test
    void aTokenIsForItsStreams() throws Exception {
        JwtStrategy strategy = strategy(Map.of());
        for (Object streams : List.of("live", "l*", "*", List.of("a", "live"), List.of("*i*e"))) {
            strategy.identify(bearer(signer.token(c -> c.claim("stream", streams))), FIELDS);
        }
        for (Object streams : List.of("", "liv", "livee", "L*", "*x*", List.of(), List.of(1), 5, Map.of("live", 1))) {
            assertEquals("the token is not for this stream (claim stream)", refusal(strategy, bearer(signer.token(c -> c.claim("stream", streams)))), String.valueOf(streams));
        }
        assertEquals("the token is not for this stream (claim stream)", refusal(strategy, bearer(signer.token(c -> c.claim("stream", null)))));
        strategy(Map.of("playClaim", "")).identify(bearer(signer.token(c -> c.claim("stream", null))), FIELDS);
    }

    @Test
    void whoMayWatchMayNotPublish() throws Exception {
        JwtStrategy strategy = strategy(Map.of("kinds", new String[] {"viewer", "input"}));
        Map<String, String> watching = Map.of("jwt", signer.token(c -> c));
        assertEquals("the token is not for this stream (claim publish)", refusal(strategy, facts(ConnectionKind.INPUT, "live", watching, Map.of())));
        Map<String, String> publishing = Map.of("jwt", signer.token(c -> c.claim("publish", "live")));
        strategy.identify(facts(ConnectionKind.INPUT, "live", publishing, Map.of()), FIELDS);
        // by default nobody asks publishers
        strategy(Map.of()).identify(facts(ConnectionKind.INPUT, "live", Map.of(), Map.of()), FIELDS);
    }

    @Test
    void sizesAreBounded() throws Exception {
        String large = signer.token(c -> c.claim("x", "y".repeat(1 << 20)));
        assertEquals("the token has " + large.length() + " characters, at most 16384 are taken", refusal(strategy(Map.of()), bearer(large)));
        assertEquals("the token's claim 'sub' has 300 characters, at most 256 identify", refusal(strategy(Map.of()), bearer(signer.token(c -> c.subject("s".repeat(300))))));
        String deep = Base64.getUrlEncoder().withoutPadding().encodeToString(("{\"alg\":\"ES256\",\"x\":" + "[".repeat(8000)).getBytes(StandardCharsets.US_ASCII));
        assertEquals("the token is not a JSON Web Token", refusal(strategy(Map.of()), bearer(deep + ".e30.e30")));
    }

    @Test
    void aRefusalNeverRepeatsTheToken() {
        for (String token : List.of("secret", "secret.secret.secret", "a.b.c.d.e", "secret\nx", "\0", "eyJhbGciOiJzZWNyZXRcbiJ9.e30.c2VjcmV0")) {
            String refusal = refusal(strategy(Map.of()), bearer(token));
            assertFalse(refusal.contains("secret") || refusal.contains("\n"), refusal);
        }
    }

    @Test
    void withoutKeysNoTokenIsTakenAndANewFileIsRead() throws Exception {
        long[] clock = {0};
        JwtStrategy strategy = new JwtStrategy(new KeySources(home, Runnable::run, () -> clock[0]), InstantSource.fixed(Signer.NOW),
            Configured.as(JwtConfig.class, Map.of("keyFile", "later.json")));
        String token = signer.token(c -> c);
        assertEquals("the token cannot be checked: this server has no keys to check tokens with", refusal(strategy, bearer(token)));
        Files.writeString(home.resolve("later.json"), signer.jwkSet());
        clock[0] += Duration.ofSeconds(2).toNanos();
        assertEquals("ann", strategy.identify(bearer(token), FIELDS).token());
        Files.writeString(home.resolve("later.json"), "{ nonsense");
        Files.setLastModifiedTime(home.resolve("later.json"), FileTime.fromMillis(1));
        clock[0] += Duration.ofSeconds(2).toNanos();
        assertEquals("ann", strategy.identify(bearer(token), FIELDS).token());
    }
}
