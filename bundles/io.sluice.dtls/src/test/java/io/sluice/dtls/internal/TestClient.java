package io.sluice.dtls.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A browser's side of the handshake. */
final class TestClient extends DefaultTlsClient {
    final OwnCertificate certificate = OwnCertificate.make();
    private final BcTlsCrypto bc;
    private final int[] profiles;
    private SrtpProfile agreed;
    private byte[] material;
    private Fingerprint server;

    TestClient(int... profiles) {
        this(new BcTlsCrypto(new SecureRandom()), profiles);
    }

    private TestClient(BcTlsCrypto crypto, int... profiles) {
        super(crypto);
        bc = crypto;
        this.profiles = profiles;
    }

    String fingerprint() {
        return Fingerprint.of(certificate.encoded()).toString();
    }

    /** Blocks. */
    DTLSTransport connect(DatagramTransport pipe) throws IOException {
        return new DTLSClientProtocol().connect(this, pipe);
    }

    SrtpProfile agreed() {
        return agreed;
    }

    String server() {
        return server.toString();
    }

    SrtpSender sender() throws Exception {
        return new SrtpSender(agreed, Arrays.copyOf(material, 16), Arrays.copyOfRange(material, 32, 32 + agreed.saltBytes()));
    }

    SrtpReceiver receiver() throws Exception {
        return new SrtpReceiver(agreed, Arrays.copyOfRange(material, 16, 32), Arrays.copyOfRange(material, 32 + agreed.saltBytes(), agreed.materialBytes()));
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(bc, new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256});
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
        if (profiles.length > 0) {
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        }
        return extensions;
    }

    @Override
    public void processServerExtensions(@SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData data = TlsSRTPUtils.getUseSRTPExtension(extensions);
        agreed = data == null ? null : SrtpProfile.choose(data.getProtectionProfiles());
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                server = Fingerprint.of(shown.getCertificate().getCertificateAt(0).getEncoded());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                Certificate chain = new Certificate(new TlsCertificate[] {bc.createCertificate(certificate.encoded())});
                return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), bc, PrivateKeyFactory.createKey(certificate.key().getEncoded()), chain,
                    SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, agreed.materialBytes());
    }
}
