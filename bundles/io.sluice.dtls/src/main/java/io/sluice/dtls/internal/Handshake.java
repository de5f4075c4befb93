package io.sluice.dtls.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** Our side of one DTLS 1.2 handshake (RFC 6347) with use_srtp (RFC 5764): the client shows the certificate of its fingerprint, and keys are exported. On the thread that does the handshake. */
final class Handshake extends DefaultTlsServer {
    private static final int RESEND_MILLIS = 100;
    private static final int[] SUITES = {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256};

    private final BcTlsCrypto crypto;
    private final OwnCertificate own;
    private final Fingerprint peer;
    private final int timeoutMillis;
    private final Runnable goodbye;
    private SrtpProfile profile;
    private byte[] material;

    /** @param goodbye called when the peer says close_notify */
    Handshake(BcTlsCrypto crypto, OwnCertificate own, Fingerprint peer, int timeoutMillis, Runnable goodbye) {
        super(crypto);
        this.crypto = crypto;
        this.own = own;
        this.peer = peer;
        this.timeoutMillis = timeoutMillis;
        this.goodbye = goodbye;
    }

    SrtpSender sender() throws GeneralSecurityException {
        int key = SrtpProfile.KEY_BYTES;
        return new SrtpSender(profile, Arrays.copyOfRange(material, key, 2 * key), Arrays.copyOfRange(material, 2 * key + profile.saltBytes(), profile.materialBytes()));
    }

    SrtpReceiver receiver() throws GeneralSecurityException {
        int key = SrtpProfile.KEY_BYTES;
        return new SrtpReceiver(profile, Arrays.copyOfRange(material, 0, key), Arrays.copyOfRange(material, 2 * key, 2 * key + profile.saltBytes()));
    }

    SrtpProfile profile() {
        return profile;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(crypto, SUITES);
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa));
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign}, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "it shows no certificate");
        }
        if (!peer.matches(certificate.getCertificateAt(0).getEncoded())) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "its certificate is not that of the fingerprint in its offer");
        }
    }

    @Override
    public void processClientExtensions(@SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        profile = offered == null ? null : SrtpProfile.choose(offered.getProtectionProfiles());
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "it offers no protection profile of ours (AEAD_AES_128_GCM, AES_CM_128_HMAC_SHA1_80)");
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getServerExtensions());
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {profile.code()}, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        Certificate chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(own.encoded())});
        return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto, PrivateKeyFactory.createKey(own.key().getEncoded()), chain,
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        if (description == AlertDescription.close_notify) {
            goodbye.run();
        }
    }

    /** The only moment at which keys can be exported: the secrets are wiped after it. */
    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.materialBytes());
    }
}
