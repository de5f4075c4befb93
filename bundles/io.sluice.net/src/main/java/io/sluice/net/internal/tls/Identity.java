package io.sluice.net.internal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key and its certificate chain. */
record Identity(PrivateKey key, X509Certificate[] chain) {
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** Reads a chain and an unencrypted PKCS#8 key (RFC 7468 sections 5 and 10). Blocks. */
    static Identity fromPem(Path certificate, Path key) throws IOException, GeneralSecurityException {
        if (key == null) {
            throw new IOException("certificateFile is configured but keyFile is not");
        }
        X509Certificate[] chain;
        try (var in = Files.newInputStream(certificate)) {
            chain = CertificateFactory.getInstance("X.509").generateCertificates(in).toArray(X509Certificate[]::new);
        }
        if (chain.length == 0) {
            throw new IOException(certificate + " holds no certificate");
        }
        return new Identity(privateKey(key, chain[0].getPublicKey().getAlgorithm()), chain);
    }

    private static PrivateKey privateKey(Path file, String algorithm) throws IOException, GeneralSecurityException {
        Matcher m = KEY.matcher(Files.readString(file));
        if (!m.find()) {
            throw new IOException(file + " holds no PKCS#8 private key (BEGIN PRIVATE KEY); openssl pkcs8 -topk8 -nodes converts other forms");
        }
        byte[] der = Base64.getMimeDecoder().decode(m.group(1));
        for (String name : List.of(algorithm, "RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // the next algorithm may fit
            }
        }
        throw new GeneralSecurityException(file + " holds a key that fits no known algorithm");
    }
}
