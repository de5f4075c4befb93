package io.sluice.format.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom requests over TLS believe: the authorities that the JVM trusts, and those of a file. */
public final class Trust {
    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

    private Trust() {
    }

    /**
     * Blocks. Where the file cannot be read, that is logged as an error, and what needs it fails.
     *
     * @param pem  path of a file with certificates (RFC 7468 section 5), or "" for the JVM's authorities alone
     * @param what names the configuration, for the log
     */
    public static SSLContext of(String pem, String what) {
        try {
            return pem.isBlank() ? SSLContext.getDefault() : with(Path.of(pem.strip()));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.error("{}: the certificates in 'trust' ({}) cannot be read, only the JVM's authorities are trusted: {}", what, pem, Reasons.of(e));
            return jvm();
        }
    }

    private static SSLContext jvm() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static SSLContext with(Path pem) throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager authorities) {
                for (X509Certificate one : authorities.getAcceptedIssuers()) {
                    all.setCertificateEntry("jvm-" + number++, one);
                }
            }
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(pem))) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                all.setCertificateEntry("file-" + number++, one);
            }
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(all), null);
        return context;
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
