package io.sluice.session.jwt.internal;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys and certificates in PEM (RFC 7468, sections 5 and 13). A certificate is a key in a wrapper here: neither its dates nor its issuer are looked at. */
final class PemKeys {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

    private PemKeys() {
    }

    static List<JWK> parse(String text) {
        List<JWK> keys = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            keys.add(key(blocks.group(1), blocks.group(2)));
        }
        return keys;
    }

    private static JWK key(String label, String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return switch (label) {
                case "PUBLIC KEY" -> jwk(publicKey(der));
                case "CERTIFICATE" -> jwk(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)).getPublicKey());
                default -> throw new IllegalArgumentException("a PUBLIC KEY or CERTIFICATE was wanted, " + label + " was found"
                    + (label.contains("PRIVATE") ? "; whoever signs keeps that one (openssl pkey -pubout makes the public one)" : ""));
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a PEM block " + label + " cannot be read");
        }
    }

    private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        for (String type : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // it is a key of another type
            }
        }
        throw new GeneralSecurityException("neither RSA, EC nor Ed25519");
    }

    private static JWK jwk(PublicKey key) throws GeneralSecurityException {
        if (key instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa).build();
        }
        if (key instanceof ECPublicKey ec) {
            Curve curve = Curve.forECParameterSpec(ec.getParams());
            if (curve != null) {
                return new ECKey.Builder(curve, ec).build();
            }
        } else if (key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519")) {
            byte[] der = key.getEncoded();
            byte[] raw = Arrays.copyOfRange(der, der.length - EdDsaVerifier.KEY_BYTES, der.length);
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw)).build();
        }
        throw new GeneralSecurityException("neither RSA, EC nor Ed25519");
    }
}
