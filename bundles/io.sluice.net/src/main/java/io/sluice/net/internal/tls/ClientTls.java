package io.sluice.net.internal.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS 1.2 and 1.3 on connections that we open: the JDK's authorities and those of a file; the host's name is held against the certificate (RFC 2818 section 3.1). Any thread; blocks. */
public final class ClientTls {
    /** What the context in use was made of. */
    private record Origin(Path file, FileTime changed) {
    }

    private final SslProvider provider;
    private Origin origin;
    private SslContext context;

    public ClientTls() {
        this(Tls.boringSsl() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    ClientTls(SslProvider provider) {
        this.provider = provider;
    }

    /**
     * @param file PEM, or null; read again when it has changed
     * @return the caller's to release
     * @throws IOException when the file cannot be read or holds no certificate
     */
    public synchronized SslContext context(Path file) throws IOException {
        Origin now = new Origin(file, file == null ? null : changed(file));
        if (!now.equals(origin)) {
            SslContext made = make(file);
            ReferenceCountUtil.release(context);
            context = made;
            origin = now;
        }
        ReferenceCountUtil.retain(context);
        return context;
    }

    private static FileTime changed(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static IOException unreadable(Path file, Exception e) {
        return new IOException("the file of trusted certificates cannot be read: " + file + " (trustFile): " + e, e);
    }

    private SslContext make(Path file) throws IOException {
        try {
            List<X509Certificate> trusted = new ArrayList<>(Arrays.asList(authorities()));
            if (file != null) {
                trusted.addAll(read(file));
            }
            return SslContextBuilder.forClient().sslProvider(provider).protocols("TLSv1.3", "TLSv1.2").endpointIdentificationAlgorithm("HTTPS")
                .trustManager(trusted.toArray(X509Certificate[]::new)).build();
        } catch (GeneralSecurityException e) {
            throw unreadable(file, e);
        }
    }

    private static X509Certificate[] authorities() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers()).filter(X509TrustManager.class::isInstance).map(X509TrustManager.class::cast)
            .map(X509TrustManager::getAcceptedIssuers).filter(Objects::nonNull).findFirst().orElseGet(() -> new X509Certificate[0]);
    }

    private static List<X509Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream().map(X509Certificate.class::cast).toList();
            if (found.isEmpty()) {
                throw new IOException(file + " (trustFile) holds no certificate");
            }
            return found;
        }
    }

    public synchronized void close() {
        ReferenceCountUtil.release(context);
        context = null;
        origin = null;
    }
}
