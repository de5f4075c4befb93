package io.sluice.session.jwt.internal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Who issues tokens in the tests: real keys, the library's signers, the JDK's for Ed25519. */
final class Signer {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final byte[] SECRET = "0123456789abcdef".repeat(4).getBytes(StandardCharsets.US_ASCII);

    final RSAKey rsa;
    final ECKey ec;
    final KeyPair ed;

    Signer() throws GeneralSecurityException, JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> more) {
        return more.apply(new JWTClaimsSet.Builder().subject("ann").claim("stream", "live").expirationTime(Date.from(NOW.plusSeconds(3600)))).build();
    }

    String jwkSet() {
        return new JWKSet(Arrays.<JWK>asList(rsa.toPublicJWK(), ec.toPublicJWK(), edKey())).toString();
    }

    OctetKeyPair edKey() {
        byte[] der = ed.getPublic().getEncoded();
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(der, der.length - 32, der.length))).keyID("ed-1").build();
    }

    String rsaPem() throws JOSEException {
        return pem("PUBLIC KEY", rsa.toRSAPublicKey().getEncoded());
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    String token(JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> more) throws JOSEException, GeneralSecurityException {
        if (algorithm.equals(JWSAlgorithm.EdDSA)) {
            return ed(claims(more));
        }
        JWSSigner signer = JWSAlgorithm.Family.RSA.contains(algorithm) ? new RSASSASigner(rsa) : JWSAlgorithm.Family.EC.contains(algorithm) ? new ECDSASigner(ec) : new MACSigner(SECRET);
        String id = JWSAlgorithm.Family.RSA.contains(algorithm) ? "rsa-1" : JWSAlgorithm.Family.EC.contains(algorithm) ? "ec-1" : null;
        return sign(new JWSHeader.Builder(algorithm).keyID(id).build(), claims(more), signer);
    }

    String token(UnaryOperator<JWTClaimsSet.Builder> more) throws JOSEException, GeneralSecurityException {
        return token(JWSAlgorithm.ES256, more);
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private String ed(JWTClaimsSet claims) throws GeneralSecurityException {
        String content = Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\"}") + "." + Base64URL.encode(claims.toString());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(ed.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64URL.encode(signature.sign());
    }
}
