package io.sluice.session.jwt.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeySetTest {
    private static Signer signer;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException, JOSEException {
        signer = new Signer();
    }

    private static KeySet parse(String text) {
        return KeySet.parse(text.getBytes(StandardCharsets.UTF_8), false);
    }

    private static String problem(String text) {
        return assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage();
    }

    @Test
    void setsSingleKeysAndPemAreRead() throws JOSEException {
        assertEquals(3, parse(signer.jwkSet()).keys().size());
        assertTrue(parse(signer.ec.toPublicJWK().toString()).names("ec-1"));
        String pem = "# two keys\n" + signer.rsaPem() + Signer.pem("PUBLIC KEY", signer.ec.toECPublicKey().getEncoded()) + Signer.pem("PUBLIC KEY", signer.ed.getPublic().getEncoded());
        assertEquals(3, parse(pem).keys().size());
    }

    @Test
    void privateHalvesAreNotKept() {
        assertFalse(parse(signer.ec.toString()).keys().get(0).isPrivate());
    }

    @Test
    void aSecretCountsOnlyFromAFile() {
        String set = new JWKSet(new OctetSequenceKey.Builder(Signer.SECRET).build()).toString(false);
        assertTrue(problem(set).contains("0 were found"));
        assertEquals(1, KeySet.parse(set.getBytes(StandardCharsets.UTF_8), true).keys().size());
    }

    @Test
    void whatIsWrongIsSaidWithoutItsContent() throws GeneralSecurityException, JOSEException {
        assertEquals("it is neither a JWK set, a JWK nor PEM", problem("{\"secret\""));
        assertEquals("1 to 50 keys for signatures were wanted, 0 were found", problem("secret"));
        assertEquals("1 to 50 keys for signatures were wanted, 0 were found", problem("{\"keys\":[]}"));
        assertTrue(problem(Signer.pem("PRIVATE KEY", signer.ed.getPrivate().getEncoded())).startsWith("a PUBLIC KEY or CERTIFICATE was wanted, PRIVATE KEY was found"));
        assertEquals("a PEM block PUBLIC KEY cannot be read", problem(Signer.pem("PUBLIC KEY", new byte[20])));
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);
        assertEquals("an RSA key must have 2048 bits, one has 1024", problem(Signer.pem("PUBLIC KEY", weak.generateKeyPair().getPublic().getEncoded())));
        RSAKey forEncryption = new RSAKey.Builder((RSAPublicKey) signer.rsa.toPublicKey()).keyUse(KeyUse.ENCRYPTION).build();
        assertTrue(problem(forEncryption.toString()).contains("0 were found"));
    }
}
