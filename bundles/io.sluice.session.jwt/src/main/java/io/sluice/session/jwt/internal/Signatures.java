package io.sluice.session.jwt.internal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;

/** Which key fits which signature. The key's own type decides, never the token: a public key is no secret for HMAC (RFC 8725, section 2.1). */
final class Signatures {
    private Signatures() {
    }

    /** Whether one of the keys has made it. */
    static boolean good(SignedJWT token, KeySet keys) {
        JWSHeader header = token.getHeader();
        return keys.keys().stream().filter(key -> candidate(key, header)).anyMatch(key -> made(key, token));
    }

    private static boolean candidate(JWK key, JWSHeader header) {
        boolean named = key.getKeyID() == null || header.getKeyID() == null || key.getKeyID().equals(header.getKeyID());
        return named && (key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm())) && fits(key, header.getAlgorithm());
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        if (key instanceof RSAKey) {
            return JWSAlgorithm.Family.RSA.contains(algorithm);
        }
        if (key instanceof ECKey ec) {
            return JWSAlgorithm.Family.EC.contains(algorithm) && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve());
        }
        if (key instanceof OctetKeyPair pair) {
            return JWSAlgorithm.Family.ED.contains(algorithm) && Curve.Ed25519.equals(pair.getCurve());
        }
        return key instanceof OctetSequenceKey && JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
    }

    private static boolean made(JWK key, SignedJWT token) {
        try {
            return token.verify(verifier(key));
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            // a key too short for this algorithm, a point that is not on the curve: not this key's
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException, GeneralSecurityException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa.toRSAPublicKey());
        }
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec.toECPublicKey());
        }
        if (key instanceof OctetKeyPair pair) {
            return new EdDsaVerifier(pair);
        }
        return new MACVerifier(((OctetSequenceKey) key).toByteArray());
    }
}
